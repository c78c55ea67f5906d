import TestSupport
import Testing
import WITModel

/// Texts that are large or deep in a way that people do not write: each is answered without a trap, in time that grows
/// with the text.
struct RobustnessTests {
    private func resolve(_ text: String) throws -> Resolve {
        try Resolve(main: [SourceFile(path: "hostile.wit", text: text)])
    }

    private func diagnostics(_ text: String) -> [Diagnostic] {
        let error = #expect(throws: WITError.self) { _ = try resolve(text) }
        #expect((error?.description.utf8.count ?? 0) < 400_000)
        return error?.diagnostics ?? []
    }

    @Test func deepNestingIsRefused() {
        let type = String(repeating: "list<", count: 10_000) + "u8" + String(repeating: ">", count: 10_000)
        let found = diagnostics("package a:b;\ninterface i { type t = \(type); }")
        #expect(found.first?.message.contains("nested") ?? false)
    }

    @Test(arguments: [
        "/*", "{", "package c:d {", "interface i {", "world w { import i: interface {", "\"", "$", "@", "é",
    ])
    func whatIsNeverClosedEnds(_ text: String) {
        #expect(!diagnostics("package a:b;\n" + String(repeating: text, count: 5_000)).isEmpty)
    }

    @Test func namesOfEachOtherAreFollowedWhateverTheirNumber() throws {
        let count = 5_000
        let types = (0..<count).map { "type t\($0) = t\($0 + 1);" }.joined(separator: "\n")
        let resolve = try resolve("package a:b;\ninterface i {\n\(types)\ntype t\(count) = u8;\n}")
        #expect(resolve.underlying(.named(resolve.interfaces[0].types[0])) == .u8)
        #expect(resolve.json.contains("\"t\(count)\""))
    }

    @Test func interfacesThatUseEachOtherAreFollowedWhateverTheirNumber() throws {
        let count = 2_000
        let interfaces = (0..<count).map { "interface i\($0) { use i\($0 + 1).{t}; }" }.joined(separator: "\n")
        let worlds = "world w { import i0; }\nworld v { export i0; }"
        let resolve = try resolve("package a:b;\n\(interfaces)\ninterface i\(count) { type t = u8; }\n\(worlds)")
        #expect(resolve.worlds[0].imports.count == count + 1)
        #expect(resolve.worlds[1].imports.count == count)
    }

    @Test func worldsThatIncludeEachOtherAreFollowedWhateverTheirNumber() throws {
        let count = 1_000
        let worlds = (0..<count).map { "world w\($0) { include w\($0 + 1) }" }.joined(separator: "\n")
            .replacing(" }", with: "; }")
        let resolve = try resolve("package a:b;\n\(worlds)\nworld w\(count) { import f: func(); }")
        #expect(resolve.worlds[0].imports.map(\.name) == ["f"])
    }

    @Test func typesThatDoubleAtEveryStepAreLookedAtOnce() throws {
        let steps = (1...200).map { "record r\($0) { a: r\($0 - 1), b: r\($0 - 1) }" }.joined(separator: "\n")
        let text = "package a:b;\ninterface i {\nrecord r0 { a: u8 }\n\(steps)\nf: func(a: r200) -> r200;\n}"
        #expect(try resolve(text).interfaces[0].types.count == 201)
    }

    @Test func circlesOfAnyLengthAreNamedOnce() {
        let types = (0..<1_000).map { "type t\($0) = t\(($0 + 1) % 1_000);" }.joined(separator: "\n")
        #expect(diagnostics("package a:b;\ninterface i {\n\(types)\n}").count == 1)
        let interfaces = (0..<1_000).map { "interface i\($0) { use i\(($0 + 1) % 1_000).{t}; }" }.joined(
            separator: "\n"
        )
        #expect(diagnostics("package a:b;\n\(interfaces)").count == 1)
    }

    @Test func mistakesWithoutNumberAreNotAllNamed() {
        let functions = (0..<5_000).map { "fun\($0): func(a: missing\($0));" }.joined(separator: "\n")
        #expect(diagnostics("package a:b;\ninterface i {\n\(functions)\n}").count == 100)
        let stray = String(repeating: "f: oops;\n", count: 5_000)
        #expect(diagnostics("package a:b;\ninterface i {\n\(stray)\n}").count == 50)
        let characters = String(repeating: "f: $ func();\n", count: 5_000)
        #expect(diagnostics("package a:b;\ninterface i {\n\(characters)\n}").count <= 70)
    }

    @Test func longNamesAreReadAndClipped() throws {
        let name = String(repeating: "a", count: 200_000)
        #expect(try resolve("package a:b;\ninterface i { \(name): func(); }").interfaces[0].functions[0].name == name)
        let found = diagnostics("package a:b;\ninterface i { f: func(a: \(name)); \(name)X: func(); }")
        #expect(found.allSatisfy { $0.message.utf8.count < 1_000 })
    }

    @Test func charactersThatTurnTextAreNotShown() throws {
        for character in ["\u{202E}", "\u{2066}", "\u{1B}", "\u{0}", "\u{7F}", "\u{85}"] {
            let source = SourceFile(path: "turned.wit", text: "package a:b;\ninterface \(character)i {}")
            let error = #expect(throws: WITError.self) { _ = try Resolve(main: [source]) }
            let text = error?.description ?? ""
            #expect(text.contains("turned.wit:2:11: error:"))
            #expect(!text.unicodeScalars.contains(character.unicodeScalars[character.unicodeScalars.startIndex]))
        }
    }

    @Test func bytesThatAreNoUTF8AreLocated() {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0x80]] {
            let source = SourceFile(path: "bytes.wit", bytes: Array("package a:b;\n// ".utf8) + bytes)
            let error = #expect(throws: WITError.self) { _ = try Resolve(main: [source]) }
            #expect(error?.description.hasPrefix("bytes.wit:2:4: error: the text is not UTF-8") ?? false)
        }
    }

    @Test func missingFolderIsNamed() {
        let error = #expect(throws: WITError.self) { _ = try SourceTree(path: "/nowhere/wit") }
        #expect(error?.description.contains("/nowhere/wit") ?? false)
    }

    @Test func devicesAreNotRead() {
        let error = #expect(throws: WITError.self) { _ = try SourceTree(path: "/dev/zero") }
        #expect(error?.description.contains("/dev/zero is not a file") ?? false)
    }
}
