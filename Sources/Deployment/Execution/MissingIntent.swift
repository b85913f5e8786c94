#if DEBUG
    #if canImport(Glibc)
        import Glibc
    #else
        import Darwin
    #endif
#endif

/// A fault to be found: records without their intents. It shows that the torture test can fail.
///
/// `DATABASEDEPLOY_SKIP_INTENT=1` makes it in debug builds. Release builds take no notice.
enum MissingIntent {
    #if DEBUG
        static let isWanted = getenv("DATABASEDEPLOY_SKIP_INTENT") != nil
    #else
        static let isWanted = false
    #endif
}
