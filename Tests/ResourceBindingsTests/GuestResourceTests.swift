import Testing
import WasmComponentModel

/// Resources of a guest in the host's hands: through the generated bindings, in an asynchronous store.
struct GuestResourceTests {
    @Test func constructorsMethodsAndStaticsReachTheGuest() async throws {
        let guest = try await BlobGuest()
        let blob = try await guest.world.blobs.makeBlob(guest.store, bytes: [1, 2])
        try await blob.write(guest.store, bytes: [3])
        #expect(try await blob.read(guest.store) == [1, 2, 3])
        let other = try await blob.clone(guest.store)
        try await other.write(guest.store, bytes: [4])
        #expect(try await blob.size(guest.store) == 3)
        let merged = try await guest.world.blobs.blobMerge(guest.store, first: other, second: blob)
        #expect(try await merged.read(guest.store) == [1, 2, 3, 4, 1, 2, 3])
    }

    @Test func resultsCarryResourcesAndErrors() async throws {
        let guest = try await BlobGuest()
        let blob = try await guest.world.blobs.blobParse(guest.store, text: "text").get()
        let rest = try await blob.cut(guest.store, at: 1).get()
        #expect(try await rest.read(guest.store) == Array("ext".utf8))
        let tooShort = try await blob.cut(guest.store, at: 9)
        switch tooShort {
        case .success: Issue.record("a blob of one byte was cut at nine")
        case .failure(.tooShort(let size)): #expect(size == 1)
        case .failure(.refused): Issue.record("the blob came back")
        }
        switch try await guest.world.blobs.blobParse(guest.store, text: "") {
        case .success: Issue.record("a blob came out of an empty text")
        case .failure(let failure): #expect(failure == ComponentFailure("an empty text"))
        }
    }

    @Test func resourcesComeBackFromEveryPlace() async throws {
        let guest = try await BlobGuest()
        let blobs = guest.world.blobs
        let passed = try await blobs.pass(guest.store, blob: blobs.makeBlob(guest.store, bytes: [1]))
        #expect(try await passed.read(guest.store) == [1])

        let maybe = try await blobs.maybe(guest.store, blob: ResourceBox(passed))
        #expect(try await maybe?.read(guest.store) == [1])
        if try await blobs.maybe(guest.store, blob: nil) != nil { Issue.record("a blob came out of nothing") }

        let first = ResourceBox(try await blobs.makeBlob(guest.store, bytes: [2]))
        let second = ResourceBox(try await blobs.makeBlob(guest.store, bytes: [3]))
        let pair = try await blobs.pair(guest.store, pair: (first, "and", second))
        #expect(pair.1 == "and")
        #expect(try await pair.2.take().read(guest.store) == [3])

        let entries = [ExportedBlobs.Entry(name: "one", blob: pair.0, spare: nil)]
        let back = try await blobs.entries(guest.store, entries: entries)
        #expect(back.map(\.name) == ["one"])
        guard case .many(let many) = try await blobs.choose(guest.store, pick: .many(back)) else {
            Issue.record("another case came back")
            return
        }
        #expect(try await many[0].blob.take().read(guest.store) == [2])
    }

    @Test func borrowedHandlesStayWithTheHost() async throws {
        let guest = try await BlobGuest()
        let blobs = guest.world.blobs
        let first = ResourceBox(try await blobs.makeBlob(guest.store, bytes: [1, 2]))
        let second = ResourceBox(try await blobs.makeBlob(guest.store, bytes: [3]))
        #expect(try await blobs.total(guest.store, blobs: [first, second, first]) == 5)
        #expect(try await blobs.sizeOf(guest.store, blob: first) == 2)
        #expect(try await blobs.sizeOf(guest.store, blob: nil) == nil)
        #expect(try await first.take().read(guest.store) == [1, 2])
    }

    @Test func boxThatWasTakenIsAnErrorOfTheCall() async throws {
        let guest = try await BlobGuest()
        let blobs = guest.world.blobs
        let box = ResourceBox(try await blobs.makeBlob(guest.store, bytes: []))
        _ = try await blobs.maybe(guest.store, blob: box)
        do {
            _ = try await blobs.maybe(guest.store, blob: box)
            Issue.record("a box was taken twice")
        } catch {
            #expect(error.code == .invalidValue)
        }
        #expect(try await blobs.total(guest.store, blobs: []) == 0)
    }

    @Test func droppingRunsTheDestructorAtOnce() async throws {
        let guest = try await BlobGuest()
        let blob = try await guest.world.blobs.makeBlob(guest.store, bytes: [])
        #expect(try await guest.world.census.live(guest.store) == 1)
        try await blob.drop()
        #expect(guest.store.liveResourceCount == 0)
        #expect(try await guest.world.census.destroyed(guest.store) == 1)
    }

    @Test func whatGoesOutOfScopeIsDroppedBeforeTheNextCall() async throws {
        let guest = try await BlobGuest()
        for index in 0..<1_000 {
            let blob = try await guest.world.blobs.makeBlob(guest.store, bytes: [UInt8(truncatingIfNeeded: index)])
            _ = try await blob.clone(guest.store)
            #expect(guest.store.liveResourceCount < 10)
        }
        #expect(try await guest.world.census.live(guest.store) == 0)
        #expect(try await guest.world.census.destroyed(guest.store) == 2_000)
    }
}
