/// A version after semver.org 2.0.0.
public struct SemanticVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Changes that break.
    public let major: UInt64
    /// Changes that add.
    public let minor: UInt64
    /// Changes that repair.
    public let patch: UInt64
    /// What stands after `-`; empty where nothing does.
    public let preRelease: String
    /// What stands after `+`; empty where nothing does.
    public let build: String

    /// Reads a version; nil where the text is none.
    ///
    /// - Parameter text: `major.minor.patch`, with `-pre.release` and `+build` where wanted.
    public init?(_ text: String) {
        var rest = Substring(text)
        var build = ""
        if let plus = rest.firstIndex(of: "+") {
            build = String(rest[rest.index(after: plus)...])
            rest = rest[..<plus]
            guard Self.areIdentifiers(build, numbersPlain: false) else { return nil }
        }
        var preRelease = ""
        if let minus = rest.firstIndex(of: "-") {
            preRelease = String(rest[rest.index(after: minus)...])
            rest = rest[..<minus]
            guard Self.areIdentifiers(preRelease, numbersPlain: true) else { return nil }
        }
        let numbers = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 3 else { return nil }
        let values = numbers.compactMap { part in
            Self.isNumber(part) && (part.count == 1 || part.first != "0") ? UInt64(part) : nil
        }
        guard values.count == 3 else { return nil }
        (major, minor, patch) = (values[0], values[1], values[2])
        self.preRelease = preRelease
        self.build = build
    }

    /// The version as it was written.
    public var description: String {
        "\(major).\(minor).\(patch)" + (preRelease.isEmpty ? "" : "-\(preRelease)") + (build.isEmpty ? "" : "+\(build)")
    }

    /// Precedence after semver.org rule 11; the build counts last, so that order and equality agree.
    ///
    /// - Parameters:
    ///   - left: A version.
    ///   - right: Another.
    /// - Returns: Whether the first comes before the second.
    public static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
        let first = (left.major, left.minor, left.patch)
        let second = (right.major, right.minor, right.patch)
        if first != second { return first < second }
        if left.preRelease != right.preRelease {
            if left.preRelease.isEmpty || right.preRelease.isEmpty { return right.preRelease.isEmpty }
            return precedes(left.preRelease, right.preRelease)
        }
        return left.build < right.build
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        let first = left.split(separator: ".")
        let second = right.split(separator: ".")
        for (one, other) in zip(first, second) where one != other {
            switch (UInt64(one), UInt64(other)) {
            case (let one?, let other?): return one < other
            case (nil, nil): return one < other
            case (let number, _): return number != nil
            }
        }
        return first.count < second.count
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    private static func areIdentifiers(_ text: String, numbersPlain: Bool) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            let characters = part.utf8.allSatisfy { byte in
                (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D
            }
            let plain = !numbersPlain || !isNumber(part) || part.count == 1 || part.first != "0"
            return !part.isEmpty && characters && plain
        }
    }
}
