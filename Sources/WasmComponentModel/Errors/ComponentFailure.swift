/// The error of a `result` whose type is no Swift error itself, such as the text of `result<u32, string>`.
public struct ComponentFailure<Payload: Sendable>: Error {
    /// What the error carries; `()` where it carries nothing.
    public let payload: Payload

    /// Makes an error.
    ///
    /// - Parameter payload: what the error carries.
    public init(_ payload: Payload) {
        self.payload = payload
    }
}

extension ComponentFailure: Equatable where Payload: Equatable {}
extension ComponentFailure: Hashable where Payload: Hashable {}
