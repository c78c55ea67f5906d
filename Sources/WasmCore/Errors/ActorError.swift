/// What a guest answers where it cannot do what it was asked: an ordinary result, the actor lives on.
public enum ActorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The message makes no sense to this actor: why.
    case invalidMessage(String)
    /// The actor does not do that: what.
    case unsupported(String)
    /// It tried and failed: why.
    case failed(String)

    /// What the guest said, without the case.
    package var text: String {
        switch self {
        case .invalidMessage(let text), .unsupported(let text), .failed(let text): text
        }
    }

    /// The error in words.
    public var description: String {
        switch self {
        case .invalidMessage(let text): "invalid message: \(text)"
        case .unsupported(let text): "unsupported: \(text)"
        case .failed(let text): "failed: \(text)"
        }
    }
}

/// A size and the limit that it is over, both in bytes.
public struct SizeLimit: Hashable, Sendable, CustomStringConvertible {
    /// The size.
    public let size: UInt64
    /// The limit.
    public let limit: UInt64

    /// Makes a pair.
    ///
    /// - Parameters:
    ///   - size: The size in bytes.
    ///   - limit: The limit in bytes.
    public init(size: UInt64, limit: UInt64) {
        self.size = size
        self.limit = limit
    }

    /// Both figures.
    public var description: String { "\(size) bytes, the limit is \(limit)" }
}
