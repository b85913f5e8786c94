/// What is known of a session's selected database.
enum SelectedDatabase {
    case unknown
    case known(String?)

    var name: String? {
        if case .known(let name) = self { return name }
        return nil
    }
}
