/// A pattern over texts of segments divided by `/`.
///
/// `*` stands for one whole segment, `**` for one or more and only at the end; everything else stands for itself.
/// `demo/*` never matches `demoevil/x`.
public struct Pattern: Hashable, Sendable, CustomStringConvertible {
    private enum Segment: Hashable {
        // Bytes, not characters: two texts that only look alike are two texts.
        case exactly([UInt8])
        case any
        case rest
    }

    private let segments: [Segment]
    /// The pattern as it was written.
    public let description: String

    /// Reads a pattern.
    ///
    /// - Parameter text: The pattern, 1 to 1024 bytes.
    /// - Throws: `InvalidPattern` where a segment is empty, mixes `*` with other characters, or `**` is not the last.
    public init(_ text: String) throws(InvalidPattern) {
        guard (1...1024).contains(text.utf8.count) else {
            throw InvalidPattern(text: text, reason: "it has \(text.utf8.count) bytes, 1 to 1024 are allowed")
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var segments: [Segment] = []
        for (index, bytes) in parts.enumerated() {
            let part = String(decoding: bytes, as: UTF8.self)
            switch part {
            case "":
                throw InvalidPattern(text: text, reason: "segment \(index + 1) is empty")
            case "*":
                segments.append(.any)
            case "**":
                guard index == parts.count - 1 else {
                    throw InvalidPattern(text: text, reason: "`**` stands for the rest, so it must be the last segment")
                }
                segments.append(.rest)
            default:
                guard !bytes.contains(UInt8(ascii: "*")) else {
                    throw InvalidPattern(text: text, reason: "`*` stands for a whole segment, `\(part)` mixes it")
                }
                segments.append(.exactly(Array(bytes)))
            }
        }
        self.segments = segments
        self.description = text
    }

    /// Whether the text is one that the pattern stands for.
    ///
    /// - Parameter text: Segments divided by `/`.
    /// - Returns: True where every segment matches.
    public func matches(_ text: String) -> Bool {
        // Bytes here too: a mark that combines with a `/` makes one character of the two.
        let slash = UInt8(ascii: "/")
        var rest = text.utf8[...]
        for (index, segment) in segments.enumerated() {
            if index > 0 {
                guard rest.first == slash else { return false }
                rest = rest.dropFirst()
            }
            if segment == .rest {
                return !rest.isEmpty
            }
            let end = rest.firstIndex(of: slash) ?? rest.endIndex
            let part = rest[..<end]
            switch segment {
            case .exactly(let bytes):
                guard part.elementsEqual(bytes) else { return false }
            case .any, .rest:
                guard !part.isEmpty else { return false }
            }
            rest = rest[end...]
        }
        return rest.isEmpty
    }

    /// Whether the pattern stands for one text alone, itself.
    public var isExact: Bool {
        segments.allSatisfy { if case .exactly = $0 { true } else { false } }
    }

    /// Checks that a text is a topic: the text of a pattern without `*`.
    ///
    /// - Parameter text: The text.
    /// - Throws: `MessagingError.invalidArgument` where it is none.
    public static func requireTopic(_ text: String) throws(MessagingError) {
        do throws(InvalidPattern) {
            guard try Pattern(text).isExact else {
                throw InvalidPattern(text: text, reason: "a topic has no `*`, only patterns have")
            }
        } catch {
            throw .invalidArgument("`\(Printable.text(text, limit: 256))` is not a topic: \(error.reason)")
        }
    }

    /// Whether this pattern matches all that the other one matches.
    ///
    /// - Parameter other: The narrower pattern.
    /// - Returns: True where nothing that the other matches is beyond this one.
    public func covers(_ other: Pattern) -> Bool {
        for (index, segment) in segments.enumerated() {
            guard index < other.segments.count else { return false }
            switch (segment, other.segments[index]) {
            case (.rest, _): return true
            case (_, .rest): return false
            case (.any, _): continue
            case (.exactly(let mine), .exactly(let theirs)) where mine == theirs: continue
            default: return false
            }
        }
        return segments.count == other.segments.count
    }

    /// Patterns are the same where they are written the same.
    public static func == (left: Pattern, right: Pattern) -> Bool {
        left.segments == right.segments
    }

    /// Hashes the segments.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(segments)
    }
}

/// A text that is not a pattern, and why.
public struct InvalidPattern: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String
    /// What is wrong with it.
    public let reason: String

    /// What is wrong, and what would be right.
    public var description: String {
        "`\(Printable.text(text, limit: 256))` is not a pattern: \(reason); write segments divided by `/`, such as `demo/*/main` or `demo/**`"
    }
}
