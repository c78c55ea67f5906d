/// What an actor's `snapshot.save` gives, and its `snapshot.restore` takes up.
public struct SavedState: Hashable, Sendable {
    /// The version of the state's form; a later component may read older ones.
    public var version: UInt32
    /// The state itself, in whatever form the component chose.
    public var data: [UInt8]

    /// Makes a state.
    ///
    /// - Parameters:
    ///   - version: The version of its form.
    ///   - data: The state itself.
    public init(version: UInt32, data: [UInt8]) {
        self.version = version
        self.data = data
    }
}
