import Foundation
import Testing
import WasmCore
import WasmStorage

@Suite("SQLiteStorage")
struct SQLiteStorageTests {
    private let file: StorageFile
    private let storage: SQLiteStorage
    private let mine: StorageScope
    private let other: StorageScope

    init() throws {
        file = try StorageFile()
        storage = try file.open()
        mine = file.scope
        other = .actor(try ActorID("a/b/d"))
    }

    @Test("a value comes back as it was stored, and only in its own scope")
    func isolation() async throws {
        let value = (0...255).map { UInt8($0) }
        try await storage.set("k", to: value, in: mine, quota: 1000)
        #expect(try await storage.get("k", in: mine) == value)
        #expect(try await storage.get("k", in: other) == nil)
        #expect(try await storage.get("k", in: .shared("a/b/c")) == nil)
        #expect(try await storage.exists("k", in: mine))
        #expect(try await !storage.exists("k", in: other))
    }

    @Test("an empty value is a value")
    func emptyValue() async throws {
        try await storage.set("k", to: [], in: mine, quota: 10)
        #expect(try await storage.get("k", in: mine) == [])
        #expect(try await storage.exists("k", in: mine))
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

    @Test("an area over its quota may still shrink")
    func shrinking() async throws {
        try await storage.set("k", to: [UInt8](repeating: 1, count: 20), in: mine, quota: 100)
        try await storage.set("k", to: [UInt8](repeating: 1, count: 15), in: mine, quota: 10)
        #expect(try await storage.usage(of: mine, quota: 10).bytes == 16)
    }

    @Test("the file's quota counts every area, and is free again after a delete")
    func totalQuota() async throws {
        let file = try StorageFile()
        let storage = try file.open { $0.totalQuota = 20 }
        try await storage.set("k", to: [UInt8](repeating: 1, count: 9), in: mine, quota: 100)
        try await storage.set("k", to: [UInt8](repeating: 1, count: 9), in: other, quota: 100)
        await #expect(throws: StorageError.quota(SizeLimit(size: 21, limit: 20))) {
            try await storage.set("s", to: [], in: .shared("s"), quota: 100)
        }
        #expect(try await storage.delete("k", in: mine))
        try await storage.set("s", to: [], in: .shared("s"), quota: 100)
    }

    @Test("pages list every key once, in byte order", arguments: [1, 2, 3, 7, 100])
    func paging(limit: Int) async throws {
        let keys = ["p/b", "p/a", "p/\u{e9}", "p/Z", "p/a/b", "q/a", "p/", "p", "p/\u{10FFFF}", "p/%", "p/_"]
        for key in keys { try await storage.set(key, to: [], in: mine, quota: 1000) }
        try await storage.set("p/other", to: [], in: other, quota: 1000)
        var listed: [String] = []
        var cursor: String?
        repeat {
            let page = try await storage.keys(prefix: "p/", after: cursor, limit: limit, in: mine)
            #expect(page.keys.count <= limit)
            listed += page.keys
            cursor = page.cursor
        } while cursor != nil
        #expect(listed == ["p/", "p/%", "p/Z", "p/_", "p/a", "p/a/b", "p/b", "p/\u{e9}", "p/\u{10FFFF}"])
    }

    @Test("compare-and-set stores, replaces and removes where the value is the expected one, and nothing else")
    func compareAndSet() async throws {
        try await storage.compareAndSet("k", expected: nil, replacement: [1], in: mine, quota: 10)
        await #expect(throws: StorageError.conflict) {
            try await storage.compareAndSet("k", expected: nil, replacement: [2], in: mine, quota: 10)
        }
        await #expect(throws: StorageError.conflict) {
            try await storage.compareAndSet("k", expected: [2], replacement: nil, in: mine, quota: 10)
        }
        try await storage.compareAndSet("k", expected: [1], replacement: [2], in: mine, quota: 10)
        #expect(try await storage.get("k", in: mine) == [2])
        try await storage.compareAndSet("k", expected: [2], replacement: nil, in: mine, quota: 10)
        try await storage.compareAndSet("k", expected: nil, replacement: nil, in: mine, quota: 10)
        #expect(try await storage.usage(of: mine, quota: 10).keys == 0)
    }

    @Test("of many that compare and set at once exactly one wins")
    func oneWinner() async throws {
        let (storage, mine) = (storage, mine)
        let winners = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask {
                    do {
                        try await storage.compareAndSet(
                            "k",
                            expected: nil,
                            replacement: [UInt8(number)],
                            in: mine,
                            quota: 100
                        )
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
    }

    @Test("what was stored is there when the file is opened again")
    func reopening() async throws {
        try await storage.set("k", to: [1, 2], in: mine, quota: 10)
        try await storage.set("s", to: [3], in: .shared("area"), quota: 10)
        await storage.close()
        let again = try file.open()
        #expect(try await again.get("k", in: mine) == [1, 2])
        #expect(try await again.get("s", in: .shared("area")) == [3])
        #expect(try await again.usage(of: mine, quota: 10) == AreaUsage(keys: 1, bytes: 3, quota: 10))
    }

    @Test("a closed storage refuses reads and writes, and says so")
    func closed() async throws {
        await storage.close()
        await #expect { try await storage.get("k", in: mine) } throws: { "\($0)".contains("closed") }
        await #expect { try await storage.set("k", to: [], in: mine, quota: 10) } throws: { "\($0)".contains("closed") }
    }

    @Test("two storages on one file see each other's writes")
    func twoOpeners() async throws {
        let second = try file.open()
        try await storage.set("k", to: [1], in: mine, quota: 10)
        try await second.compareAndSet("k", expected: [1], replacement: [2], in: mine, quota: 10)
        #expect(try await storage.get("k", in: mine) == [2])
    }

    @Test("the file and those beside it are their owner's alone")
    func rights() async throws {
        try await storage.set("k", to: [1], in: mine, quota: 10)
        let names = try FileManager.default.contentsOfDirectory(atPath: file.folder.path)
        #expect(names.count == 3)
        for name in names {
            let attributes = try FileManager.default.attributesOfItem(atPath: file.folder.appending(path: name).path)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }
}
