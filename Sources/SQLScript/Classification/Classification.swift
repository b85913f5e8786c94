/// What a statement is. To come: effects, objects, variables, secrets.
public struct Classification: Sendable {
}
