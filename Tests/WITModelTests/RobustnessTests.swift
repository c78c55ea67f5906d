import TestSupport
import Testing
import WITModel

/// Whatever the bytes, there is an answer.
struct RobustnessTests {
    /// A generator with a fixed seed, so that a failure comes again.
    private struct Random {
        var state: UInt64

        mutating func next(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
    }

    @Test(arguments: Golden.cases(in: "accepted", suffix: ".wit"))
    func damagedTextsNeverTrap(_ name: String) throws {
        let text = try Golden.bytes("accepted/\(name).wit")
        var random = Random(state: UInt64(text.count))
        for _ in 0..<300 {
            var bytes = text
            for _ in 0...random.next(below: 3) {
                let place = random.next(below: bytes.count)
                switch random.next(below: 4) {
                case 0: bytes[place] = UInt8(random.next(below: 256))
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(bytes[random.next(below: bytes.count)], at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + random.next(below: 20)))
                }
                if bytes.isEmpty { bytes = [0x7B] }
            }
            do {
                _ = try Resolve(main: [SourceFile(path: "damaged.wit", bytes: bytes)])
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test func deepNestingIsRefused() {
        let type = String(repeating: "list<", count: 10_000) + "u8" + String(repeating: ">", count: 10_000)
        let source = SourceFile(path: "deep.wit", text: "package a:b;\ninterface i { type t = \(type); }")
        let error = #expect(throws: WITError.self) { _ = try Resolve(main: [source]) }
        #expect(error?.diagnostics.first?.message.contains("nested") ?? false)
    }

    @Test func deepCommentsAndBracesEnd() {
        for text in [String(repeating: "/*", count: 20_000), String(repeating: "{", count: 20_000)] {
            let source = SourceFile(path: "open.wit", text: "package a:b;\n" + text)
            #expect(throws: WITError.self) { _ = try Resolve(main: [source]) }
        }
    }

    @Test func missingFolderIsNamed() {
        let error = #expect(throws: WITError.self) { _ = try SourceTree(path: "/nowhere/wit") }
        #expect(error?.description.contains("/nowhere/wit") ?? false)
    }
}
