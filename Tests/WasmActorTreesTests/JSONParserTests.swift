import Foundation
import Testing

@testable import WasmActorTrees

@Suite struct JSONParserTests {
    private func error(_ text: String) throws -> JSONError {
        try #require(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    /// The value as Foundation has it.
    private func object(_ value: JSONValue) -> Any {
        switch value.kind {
        case .null: NSNull()
        case .bool(let truth): truth
        case .number(let text): Double(text) ?? .nan
        case .string(let text): text
        case .array(let values): values.map(object)
        case .object(let members): Dictionary(uniqueKeysWithValues: members.map { ($0.name, object($0.value)) })
        }
    }

    private func normal(_ object: Any) throws -> Data {
        try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .fragmentsAllowed])
    }

    @Test(arguments: [
        #"{"a": [1, -2.5e3, 0, 1E+2, 0.125], "b": {"c": true, "d": false, "e": null}, "": "\u00e9\ud83d\ude00\n\/\"\\\b\f\r\t"}"#,
        " [ ] ", "\n\t\r{ }", #""text""#, "12", "[[[[]]]]", "{\"é\u{301}\": \"\u{7F}\"}",
    ])
    func whatIsJSONIsReadAsFoundationReadsIt(text: String) throws {
        let expected = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        let found = object(try JSONParser.parse(Array(text.utf8)))
        #expect(try normal(found) == normal(expected))
    }

    @Test(arguments: [
        ("", 1, 1, "the text ends"), ("[1,]", 1, 4, "comma"), (#"{"a":1,}"#, 1, 8, "comma"), ("{'a':1}", 1, 2, "name"),
        ("[1 2]", 1, 4, "`,`"), ("[\n  01]", 2, 3, "begin with 0"), ("[-]", 1, 3, "digit"), ("[1.]", 1, 4, "digit"),
        ("[1e]", 1, 4, "digit"), ("[+1]", 1, 2, "`+`"), ("// no\n1", 1, 1, "`/`"), ("[1]x", 1, 4, "more follows"),
        (#"{"a":1,"a":2}"#, 1, 8, "`a` comes twice"), (#"{"a" 1}"#, 1, 6, "`:`"), (#"["a"#, 1, 2, "no end"),
        (#""\x""#, 1, 2, "none of"), (#""\u12g4""#, 1, 2, "hexadecimal"), (#""\ud800""#, 1, 2, "surrogate"),
        (#""\udc00""#, 1, 2, "surrogate"), (#""\ud800\u0041""#, 1, 2, "surrogate"), ("\"a\nb\"", 1, 3, "control"),
        ("[truth]", 1, 2, "`t`"), ("NaN", 1, 1, "`N`"), ("[", 1, 2, "the text ends"), ("[1", 1, 3, "the text ends"),
        ("\u{FEFF}1", 1, 1, "no part of JSON"), (#"{"\u0061":1,"a":2}"#, 1, 13, "twice"),
    ])
    func whatIsNotIsRefusedWithItsPlace(text: String, line: Int, column: Int, message: String) throws {
        let error = try error(text)
        #expect(error.position == .init(line: line, column: column))
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test func bytesThatAreNoTextAreRefused() throws {
        let error = try #require(throws: JSONError.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
        #expect(error.message.contains("UTF-8"))
    }

    @Test func depthIsBounded() throws {
        let deepest = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
        #expect(throws: Never.self) { try JSONParser.parse(Array(deepest.utf8)) }
        #expect(try error(String(repeating: "[", count: 1_000_000)).message.contains("deeper than 256"))
        #expect(try error(String(repeating: #"{"a":"#, count: 300)).message.contains("deeper than 256"))
    }

    @Test func namesThatOnlyLookAlikeAreTwo() throws {
        #expect(throws: Never.self) { try JSONParser.parse(Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8)) }
    }

    @Test func anyMixOfItsCharactersIsReadOrRefused() {
        let characters = Array(#"{}[]",:\u0d8e1-+.tfn "#.utf8) + [0xC3, 0xA9]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 1...24)).map { _ in characters.randomElement()! }
            let isRead = (try? JSONParser.parse(bytes)) != nil
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            // Foundation takes a name that comes twice, and half a surrogate pair at times: then this reader is stricter.
            #expect(!isRead || isJSON, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }
}
