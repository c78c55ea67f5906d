/// A component that keeps blobs of its own, counts those that are gone, and works with its host's.
struct Resources: ResourcesGuest {
    typealias Blob = OwnBlob

    mutating func makeBlob(bytes: [UInt8]) -> OwnBlob { OwnBlob(bytes) }

    mutating func blobMerge(first: OwnBlob, second: OwnBlob) -> OwnBlob { OwnBlob(first.bytes + second.bytes) }

    mutating func blobParse(text: String) throws(ComponentFailure<String>) -> OwnBlob {
        if text.isEmpty { throw ComponentFailure("an empty text") }
        return OwnBlob(Array(text.utf8))
    }

    mutating func pass(blob: OwnBlob) -> OwnBlob { blob }
    mutating func maybe(blob: OwnBlob?) -> OwnBlob? { blob }

    mutating func checked(
        blob: Result<OwnBlob, ExportedBlobs.BlobError>
    ) throws(ExportedBlobs.BlobError) -> OwnBlob {
        try blob.get()
    }

    mutating func pair(pair: (OwnBlob, String, OwnBlob)) -> (OwnBlob, String, OwnBlob) { pair }
    mutating func entries(entries: [ExportedBlobs.Entry]) -> [ExportedBlobs.Entry] { entries }
    mutating func choose(pick: ExportedBlobs.Pick) -> ExportedBlobs.Pick { pick }
    mutating func total(blobs: [OwnBlob]) -> UInt64 { blobs.reduce(0) { $0 + UInt64($1.bytes.count) } }
    mutating func sizeOf(blob: OwnBlob?) -> UInt32? { blob.map { UInt32($0.bytes.count) } }

    mutating func live() -> UInt64 { OwnBlob.made - OwnBlob.destroyed }
    mutating func destroyed() -> UInt64 { OwnBlob.destroyed }

    mutating func readLent(blob: borrowing Blobs.Blob) -> [UInt8] { blob.read() }
    mutating func passOn(blob: consuming Blobs.Blob) -> Blobs.Blob { Blobs.pass(blob: blob) }
    mutating func passEntries(entries: [Blobs.Entry]) -> [Blobs.Entry] { Blobs.entries(entries: entries) }
    mutating func totalOf(blobs: [ResourceBox<Blobs.Blob>]) -> UInt64 { Blobs.total(blobs: blobs) }

    mutating func exercise(count: UInt32) -> UInt64 {
        var bytes: UInt64 = 0
        for index in 0..<count {
            let blob = Blobs.makeBlob(bytes: [UInt8(truncatingIfNeeded: index)])
            blob.write(bytes: Array("bytes".utf8))
            let merged = Blobs.blobMerge(first: blob.clone(), second: blob)
            bytes += UInt64(merged.size())
        }
        return bytes
    }
}

typealias Guest = Resources

/// A run of bytes that grows.
final class OwnBlob: ExportedBlobs.BlobGuest {
    // One call runs at a time, on one thread.
    nonisolated(unsafe) static var made: UInt64 = 0
    nonisolated(unsafe) static var destroyed: UInt64 = 0

    fileprivate var bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        Self.made += 1
    }

    deinit { Self.destroyed += 1 }

    func write(bytes: [UInt8]) { self.bytes += bytes }
    func read() -> [UInt8] { bytes }
    func size() -> UInt32 { UInt32(bytes.count) }
    func clone() -> OwnBlob { OwnBlob(bytes) }

    func cut(at place: UInt32) throws(ExportedBlobs.BlobError) -> OwnBlob {
        guard place <= bytes.count else { throw .tooShort(size()) }
        let rest = OwnBlob(Array(bytes[Int(place)...]))
        bytes.removeSubrange(Int(place)...)
        return rest
    }
}
