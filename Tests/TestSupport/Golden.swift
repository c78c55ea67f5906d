internal import Foundation

/// Texts that lie in `Fixtures/wit` beside what they are made of. With `WIT_BLESS=1` in the environment they are written
/// anew instead of compared.
package enum Golden {
    /// The folder, with a slash at its end.
    package static let folder =
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/wit").path + "/"

    /// The repository's root, with a slash at its end.
    package static let root = String(folder.dropLast("Fixtures/wit/".count))

    /// The names in a subfolder that end in a suffix, without it; all names where the suffix is empty.
    package static func cases(in subfolder: String, suffix: String = "") -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + subfolder)) ?? []
        return names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.map { String($0.dropLast(suffix.count)) }
            .sorted()
    }

    /// The bytes of a file.
    package static func bytes(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(filePath: folder + path)))
    }

    /// Where a text differs from the one that lies at a path; nil where it does not.
    package static func difference(of text: String, from path: String) throws -> String? {
        let url = URL(filePath: folder + path)
        let text = text.hasSuffix("\n") ? text : text + "\n"
        if ProcessInfo.processInfo.environment["WIT_BLESS"] == "1" {
            try Data(text.utf8).write(to: url)
            return nil
        }
        guard let data = try? Data(contentsOf: url) else {
            return "there is no \(path); write it with WIT_BLESS=1 swift test"
        }
        let golden = String(decoding: data, as: UTF8.self)
        if golden == text { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let expected = golden.split(separator: "\n", omittingEmptySubsequences: false)
        let index = zip(lines, expected).enumerated().first { $1.0 != $1.1 }?.offset ?? min(lines.count, expected.count)
        let line = index < lines.count ? String(lines[index]) : "nothing"
        let wanted = index < expected.count ? String(expected[index]) : "nothing"
        return "\(path):\(index + 1): `\(line)` where `\(wanted)` is expected"
    }
}
