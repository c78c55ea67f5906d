/// Where the components come from that are asked for by name: by guests that spawn children, and by specifications of
/// trees.
public protocol ComponentSource: Sendable {
    /// Finds a component. A guest may choose the name, so it is text of any kind.
    ///
    /// - Parameter name: The component's name.
    /// - Returns: Its binary.
    /// - Throws: `ComponentSourceError`.
    func component(named name: String) async throws(ComponentSourceError) -> [UInt8]
}

/// Why a component was not found.
public enum ComponentSourceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is none of this name.
    case notFound(String)
    /// The text is no name: why.
    case invalidName(String)
    /// It is there and cannot be read: why.
    case failed(String)

    /// The error in words.
    public var description: String {
        switch self {
        case .notFound(let name): "there is no component `\(Printable.text(name, limit: 100))`"
        case .invalidName(let text): "not a component's name: \(text)"
        case .failed(let text): "the component cannot be read: \(text)"
        }
    }
}
