/// The scripts of a project, and what was seen in them. Several targets share one, and then see the folders as they were at
/// one moment.
public final class ProjectScripts: Sendable {
    let catalog: ScriptCatalog
    let cache: InspectionCache

    /// Lists the folders.
    ///
    /// - Throws: `DeploymentError` for a directory that cannot be read, or a name that cannot be a script's.
    public init(configuration: Configuration) throws(DeploymentError) {
        catalog = try ScriptCatalog(configuration: configuration)
        cache = InspectionCache(configuration: configuration)
    }

    /// Those that have no directory, or more than one.
    var doubtfulFolders: [DoubtfulFolder] { catalog.doubtfulFolders }

    /// Keeps what was seen of the files for the next run.
    func remember() { cache.save() }
}
