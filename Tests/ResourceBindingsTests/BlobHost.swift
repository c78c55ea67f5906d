import Synchronization
import WasmComponentModel

/// A blob of the host's.
final class HostBlob: Blobs.Blob {
    /// How many blobs of hosts there are, for the tests that run one at a time.
    static let alive = Atomic<Int>(0)

    private let bytes: Mutex<[UInt8]>

    init(_ bytes: [UInt8]) {
        self.bytes = Mutex(bytes)
        Self.alive.add(1, ordering: .relaxed)
    }

    deinit { Self.alive.subtract(1, ordering: .relaxed) }

    func write(bytes: [UInt8]) { self.bytes.withLock { $0 += bytes } }
    func read() -> [UInt8] { bytes.withLock { $0 } }
    func size() -> UInt32 { UInt32(read().count) }
    func clone() async -> any Blobs.Blob { HostBlob(read()) }

    func cut(at place: UInt32) throws(Blobs.BlobError) -> any Blobs.Blob {
        throw .tooShort(place)
    }
}

/// Answers what it is given.
final class BlobHost: BlobsImports {
    func makeBlob(bytes: [UInt8]) -> any Blobs.Blob { HostBlob(bytes) }

    func blobMerge(first: any Blobs.Blob, second: any Blobs.Blob) -> any Blobs.Blob {
        HostBlob(first.read() + second.read())
    }

    func blobParse(text: String) throws(ComponentFailure<String>) -> any Blobs.Blob { HostBlob(Array(text.utf8)) }
    func pass(blob: any Blobs.Blob) async -> any Blobs.Blob { blob }
    func maybe(blob: (any Blobs.Blob)?) -> (any Blobs.Blob)? { blob }

    func checked(blob: Result<any Blobs.Blob, Blobs.BlobError>) throws(Blobs.BlobError) -> any Blobs.Blob {
        try blob.get()
    }

    func pair(pair: (any Blobs.Blob, String, any Blobs.Blob)) -> (any Blobs.Blob, String, any Blobs.Blob) { pair }
    func entries(entries: [Blobs.Entry]) -> [Blobs.Entry] { entries }
    func choose(pick: Blobs.Pick) -> Blobs.Pick { pick }
    func total(blobs: [any Blobs.Blob]) -> UInt64 { blobs.reduce(0) { $0 + UInt64($1.size()) } }
    func sizeOf(blob: (any Blobs.Blob)?) -> UInt32? { blob?.size() }
}
