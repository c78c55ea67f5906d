import Foundation
import TestSupport
import Testing
import WITModel

/// Whatever the bytes, there is an answer: a model that prints and reads back, or diagnostics that point into the text.
///
/// `WIT_FUZZ` in the environment asks for another number of texts than the 3,000 of every run, `WIT_FUZZ_SEED`
/// for other ones; `Scripts/wit-fuzz` reads 100,000 in a release build. `WIT_FUZZ_KEEP` names a folder for the text at hand.
struct FuzzTests {
    private static let environment = ProcessInfo.processInfo.environment

    @Test func mutatedTextsAreAnswered() throws {
        let count = Self.environment["WIT_FUZZ"].flatMap(Int.init) ?? 3_000
        var mutator = try TextMutator(seed: Self.environment["WIT_FUZZ_SEED"].flatMap(UInt64.init) ?? 1)
        var accepted = 0
        for index in 0..<count {
            let text = mutator.next()
            // Written down before it is read, so that a trap shows what it came of.
            if let folder = Self.environment["WIT_FUZZ_KEEP"] {
                try Data(text).write(to: URL(filePath: folder + "/last.wit"))
            }
            if try Self.answer(to: text, "text \(index)") { accepted += 1 }
        }
        // Texts that are all refused would test the resolver little, and the printer not at all.
        #expect(accepted > count / 50)
    }

    /// Reads a text.
    ///
    /// - Returns: Whether it was accepted.
    private static func answer(to text: [UInt8], _ comment: Comment) throws -> Bool {
        let source = SourceFile(path: "mutated.wit", bytes: text)
        do throws(WITError) {
            let resolve = try Resolve(main: [source], features: .all)
            let printed = resolve.wit
            #expect(resolve.json.utf8.count > 2, comment)
            let again = try Resolve(main: [SourceFile(path: "printed.wit", text: printed)], features: .all)
            #expect(again.wit == printed, comment)
            return true
        } catch {
            #expect(!error.diagnostics.isEmpty && error.diagnostics.count <= 200, comment)
            #expect(error.description.utf8.count < 400_000, comment)
            for diagnostic in error.diagnostics {
                #expect(!diagnostic.message.isEmpty, comment)
                guard let span = diagnostic.span else { continue }
                #expect(span.start <= span.end && span.end <= text.count, comment)
            }
            #expect(error.sources.files.first?.path == "mutated.wit", comment)
            return false
        }
    }
}
