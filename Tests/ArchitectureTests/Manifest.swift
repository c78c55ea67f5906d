import Foundation

/// What `Package.swift` declares: its targets with their dependencies, read from its text.
struct Manifest {
    let dependencies: [String: Set<String>]
    let code: String

    init() throws {
        let text = try String(contentsOf: Repository.root.appending(path: "Package.swift"), encoding: .utf8)
        code = SwiftText(text).code
        // The list of targets is the manifest's last argument, and a target's own lists stand inside its parentheses.
        guard let start = code.range(of: "targets: [\n") else {
            throw Unreadable()
        }
        var dependencies: [String: Set<String>] = [:]
        let call = /\.(?:target|executableTarget|systemLibrary|testTarget|plugin|macro|binaryTarget)\(/
        for match in code[start.upperBound...].matches(of: call) {
            let end = Self.end(ofParenthesisAt: code.index(before: match.range.upperBound), in: code)
            // `code` has the literals blanked out, and keeps every offset.
            let declaration = Self.slice(of: text, as: match.range.lowerBound..<end, in: code)
            guard let name = declaration.firstMatch(of: /name:\s*"([^"]+)"/)?.output.1 else { throw Unreadable() }
            let list = declaration.firstMatch(of: /dependencies:\s*\[([^\]]*)\]/)?.output.1 ?? ""
            dependencies[String(name)] = Set(list.matches(of: /"([^"]+)"/).map { String($0.output.1) })
        }
        self.dependencies = dependencies
    }

    struct Unreadable: Error {}

    private static func end(ofParenthesisAt start: String.Index, in code: String) -> String.Index {
        var depth = 0
        for index in code[start...].indices {
            if code[index] == "(" { depth += 1 }
            if code[index] == ")" { depth -= 1 }
            if depth == 0 { return index }
        }
        return code.endIndex
    }

    private static func slice(of text: String, as range: Range<String.Index>, in code: String) -> Substring {
        let lower = code.utf8.distance(from: code.startIndex, to: range.lowerBound)
        let length = code.utf8.distance(from: range.lowerBound, to: range.upperBound)
        let start = text.utf8.index(text.startIndex, offsetBy: lower)
        return text[start..<text.utf8.index(start, offsetBy: length)]
    }
}
