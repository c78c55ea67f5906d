/// The names that are taken in one place of the generated code: members of a type, parameters of a function.
public struct NameScope: Sendable {
    private var taken: Set<String>

    /// Makes a scope.
    ///
    /// - Parameter taken: The names that are taken from the start.
    public init(taken: Set<String> = []) {
        self.taken = taken
    }

    /// Whether a name is taken.
    ///
    /// - Parameter name: A name, not escaped.
    /// - Returns: True where it is.
    public func contains(_ name: String) -> Bool { taken.contains(name) }

    /// Takes a name, with underscores behind it where it is taken already: two WIT names such as `a-b1` and `a-b-1`
    /// may look alike in Swift.
    ///
    /// - Parameter name: The wanted name, not escaped.
    /// - Returns: The name to use, not escaped.
    public mutating func take(_ name: String) -> String {
        var name = name
        while !taken.insert(name).inserted { name += "_" }
        return name
    }
}
