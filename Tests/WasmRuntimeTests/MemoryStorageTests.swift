import Testing
import WasmCore
import WasmRuntime

@Suite("MemoryStorage")
struct MemoryStorageTests {
    private let storage = MemoryStorage()
    private let mine: StorageScope
    private let other: StorageScope

    init() throws {
        mine = .actor(try ActorID("a/b/c"))
        other = .actor(try ActorID("a/b/d"))
    }

    @Test("a value comes back as it was stored, and only in its own scope")
    func isolation() async throws {
        try await storage.set("k", to: [1, 2, 3], in: mine, quota: 100)
        #expect(try await storage.get("k", in: mine) == [1, 2, 3])
        #expect(try await storage.get("k", in: other) == nil)
        #expect(try await storage.get("k", in: .shared("c")) == nil)
        #expect(try await !storage.exists("k", in: other))
    }

    @Test("the quota is exact at its boundary, and a refused value changes nothing")
    func quota() async throws {
        try await storage.set("k", to: [UInt8](repeating: 1, count: 9), in: mine, quota: 10)
        await #expect(throws: StorageError.quota(SizeLimit(size: 11, limit: 10))) {
            try await storage.set("k", to: [UInt8](repeating: 2, count: 10), in: mine, quota: 10)
        }
        await #expect(throws: StorageError.quota(SizeLimit(size: 11, limit: 10))) {
            try await storage.set("l", to: [], in: mine, quota: 10)
        }
        #expect(try await storage.usage(of: mine, quota: 10) == AreaUsage(keys: 1, bytes: 10, quota: 10))
        #expect(try await storage.get("k", in: mine) == [UInt8](repeating: 1, count: 9))
        #expect(try await storage.delete("k", in: mine))
        #expect(try await storage.usage(of: mine, quota: 10) == AreaUsage(keys: 0, bytes: 0, quota: 10))
        #expect(try await !storage.delete("k", in: mine))
    }

    @Test("the quota of all counts every area, and is free again after a delete")
    func totalQuota() async throws {
        let storage = MemoryStorage(totalQuota: 20)
        try await storage.set("k", to: [UInt8](repeating: 1, count: 9), in: mine, quota: 100)
        try await storage.set("k", to: [UInt8](repeating: 1, count: 9), in: other, quota: 100)
        await #expect(throws: StorageError.quota(SizeLimit(size: 21, limit: 20))) {
            try await storage.set("s", to: [], in: .shared("s"), quota: 100)
        }
        #expect(try await storage.delete("k", in: mine))
        try await storage.set("s", to: [], in: .shared("s"), quota: 100)
    }

    @Test("an area over its quota may still shrink")
    func shrinking() async throws {
        try await storage.set("k", to: [UInt8](repeating: 1, count: 20), in: mine, quota: 100)
        try await storage.set("k", to: [UInt8](repeating: 1, count: 15), in: mine, quota: 10)
        #expect(try await storage.usage(of: mine, quota: 10).bytes == 16)
    }

    @Test("pages list every key once, in byte order", arguments: [1, 2, 3, 7, 100])
    func paging(limit: Int) async throws {
        let keys = ["p/b", "p/a", "p/\u{e9}", "p/Z", "p/a/b", "q/a", "p/"]
        for key in keys { try await storage.set(key, to: [], in: mine, quota: 1000) }
        var listed: [String] = []
        var cursor: String?
        repeat {
            let page = try await storage.keys(prefix: "p/", after: cursor, limit: limit, in: mine)
            #expect(page.keys.count <= limit)
            listed += page.keys
            cursor = page.cursor
        } while cursor != nil
        #expect(listed == ["p/", "p/Z", "p/a", "p/a/b", "p/b", "p/\u{e9}"])
    }

    @Test("keys that only look alike are two keys")
    func bytes() async throws {
        try await storage.set("\u{e9}", to: [1], in: mine, quota: 100)
        #expect(try await storage.get("e\u{301}", in: mine) == nil)
    }

    @Test("compare-and-set stores where the value is the expected one, and only there")
    func compareAndSet() async throws {
        try await storage.compareAndSet("k", expected: nil, replacement: [1], in: mine, quota: 100)
        await #expect(throws: StorageError.conflict) {
            try await storage.compareAndSet("k", expected: nil, replacement: [2], in: mine, quota: 100)
        }
        await #expect(throws: StorageError.conflict) {
            try await storage.compareAndSet("k", expected: [9], replacement: [2], in: mine, quota: 100)
        }
        try await storage.compareAndSet("k", expected: [1], replacement: [2], in: mine, quota: 100)
        #expect(try await storage.get("k", in: mine) == [2])
        try await storage.compareAndSet("k", expected: [2], replacement: nil, in: mine, quota: 100)
        #expect(try await storage.get("k", in: mine) == nil)
        #expect(try await storage.usage(of: mine, quota: 1).keys == 0)
    }

    @Test("of many writers that increment with compare-and-set, no increment is lost")
    func concurrent() async throws {
        let (storage, mine) = (storage, mine)
        try await storage.set("n", to: [0], in: mine, quota: 100)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var done = 0
                    while done < 10 {
                        guard let old = try? await storage.get("n", in: mine) else { return }
                        let swapped: Void? = try? await storage.compareAndSet(
                            "n",
                            expected: old,
                            replacement: [old[0] + 1],
                            in: mine,
                            quota: 100
                        )
                        if swapped != nil { done += 1 }
                    }
                }
            }
        }
        #expect(try await storage.get("n", in: mine) == [80])
    }
}
