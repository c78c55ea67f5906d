import Synchronization
import Testing
import WasmComponentModel

/// Resources of the host in a guest's hands. One test at a time: they count the host's objects.
@Suite(.serialized)
struct HostResourceTests {
    @Test func lentObjectIsCalledByTheGuest() async throws {
        let guest = try await BlobGuest()
        let blob = HostBlob([7, 8])
        #expect(try await guest.world.readLent(guest.store, blob: blob) == [7, 8])
        blob.write(bytes: [9])
        #expect(try await guest.world.readLent(guest.store, blob: blob) == [7, 8, 9])
    }

    @Test func objectThatComesBackIsTheSame() async throws {
        let guest = try await BlobGuest()
        let blob = HostBlob([1])
        let back = try await guest.world.passOn(guest.store, blob: blob)
        #expect(back === blob)
    }

    @Test func objectsInsideOfOtherValuesComeBack() async throws {
        let guest = try await BlobGuest()
        let blobs = (0..<3).map { HostBlob([$0]) }
        let entries = [
            Blobs.Entry(name: "both", blob: blobs[0], spare: blobs[1]),
            Blobs.Entry(name: "one", blob: blobs[2], spare: nil),
        ]
        let back = try await guest.world.passEntries(guest.store, entries: entries)
        #expect(back.map(\.name) == ["both", "one"])
        #expect(back[0].blob === blobs[0] && back[0].spare === blobs[1] && back[1].blob === blobs[2])
        #expect(back[1].spare == nil)
    }

    @Test func objectsThatTheGuestLendsBackAreFound() async throws {
        let guest = try await BlobGuest()
        let blobs = [HostBlob([1]), HostBlob([2, 3])]
        #expect(try await guest.world.totalOf(guest.store, blobs: blobs) == 3)
    }

    @Test func objectsGoWithTheGuestsHandles() async throws {
        let before = HostBlob.alive.load(ordering: .relaxed)
        let guest = try await BlobGuest()
        #expect(try await guest.world.exercise(guest.store, count: 50) == 50 * 12)
        #expect(HostBlob.alive.load(ordering: .relaxed) == before)
        _ = try await guest.world.totalOf(guest.store, blobs: [HostBlob([]), HostBlob([])])
        #expect(HostBlob.alive.load(ordering: .relaxed) == before)
    }
}
