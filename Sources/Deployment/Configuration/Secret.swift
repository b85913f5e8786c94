/// A value that must never be printed: a password. Every description of it is `•••`.
public struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The value itself. Only what hands it to a server reads this.
    public let value: String

    public init(_ value: String) {
        self.value = value
    }

    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
