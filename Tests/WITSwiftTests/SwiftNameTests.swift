import Testing
import WITSwift

struct SwiftNameTests {
    @Test(arguments: [
        ("actor-id", "actorID", "ActorID"),
        ("id", "id", "ID"),
        ("http-url-of", "httpURLOf", "HTTPURLOf"),
        ("HTTP-GET", "httpGET", "HTTPGET"),
        ("a", "a", "A"),
        ("list-keys2", "listKeys2", "ListKeys2"),
        ("x1-2", "x1_2", "X1_2"),
    ])
    func wordsAreJoined(_ name: String, _ value: String, _ type: String) {
        #expect(SwiftName.value(name) == value)
        #expect(SwiftName.type(name) == type)
    }

    @Test func keywordsStandInBackticks() {
        #expect(SwiftName.escaped("default") == "`default`")
        #expect(SwiftName.escaped("defaults") == "defaults")
        #expect(SwiftName.member("default") == "default")
        #expect(SwiftName.member("init") == "`init`")
    }

    @Test func takenNamesGetAnUnderscore() {
        var scope = NameScope(taken: ["store"])
        #expect(scope.take("store") == "store_")
        #expect(scope.take("store") == "store__")
        #expect(scope.take("other") == "other")
    }
}
