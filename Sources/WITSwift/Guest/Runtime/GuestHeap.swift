/// The guest's heap: `malloc` and `free` for a component that has no C library.
///
/// Chunks carry their size in a header word and lie side by side, so that a freed chunk joins its free neighbours.
/// Free chunks hang in lists by size: one list for each multiple of 16 below 1 KiB, two for each power of two above.
/// The heap is the only one in the component that grows the memory, page by page, and only when no free chunk fits.
private enum GuestHeap {
    /// A place in linear memory.
    typealias Address = UInt32

    /// Chunks begin 4 bytes before a multiple of 16, so that what they hold is aligned to 16.
    static let granule: UInt32 = 16
    static let headerBytes: UInt32 = 4
    static let pageBytes: UInt32 = 65536
    /// Requests above this cannot be met in a 32-bit memory.
    static let largestRequest: UInt32 = 0x7fff_0000

    static let inUse: UInt32 = 1
    static let previousInUse: UInt32 = 2
    static let flags: UInt32 = 15

    static let smallBins = 64
    static let largeBins = 64
    static let smallLimit: UInt32 = 1024

    /// Where the heads of the lists stand; 0 before the first allocation.
    ///
    /// A component instance runs one call at a time on one thread, so nothing here is ever reached twice at once.
    nonisolated(unsafe) static var table: Address = 0
    nonisolated(unsafe) static var end: Address = 0
    nonisolated(unsafe) static var smallMap: UInt64 = 0
    nonisolated(unsafe) static var largeMap: UInt64 = 0

    // MARK: Words

    @inline(__always)
    static func word(_ address: Address) -> UInt32 {
        UnsafePointer<UInt32>(bitPattern: UInt(address)).unsafelyUnwrapped.pointee
    }

    @inline(__always)
    static func setWord(_ address: Address, _ value: UInt32) {
        UnsafeMutablePointer<UInt32>(bitPattern: UInt(address)).unsafelyUnwrapped.pointee = value
    }

    @inline(__always)
    static func size(_ chunk: Address) -> UInt32 { word(chunk) & ~flags }

    // MARK: Bins

    @inline(__always)
    static func bin(_ size: UInt32) -> Int {
        if size < smallLimit { return Int(size / granule) }
        let exponent = UInt32(31 - size.leadingZeroBitCount)
        let upperHalf = (size >> (exponent - 1)) & 1
        return smallBins + Int((exponent - 10) * 2 + upperHalf)
    }

    @inline(__always)
    static func head(_ bin: Int) -> Address { table + UInt32(bin) * 4 }

    static func mark(_ bin: Int, occupied: Bool) {
        if bin < smallBins {
            let bit = UInt64(1) << UInt64(bin)
            smallMap = occupied ? smallMap | bit : smallMap & ~bit
        } else {
            let bit = UInt64(1) << UInt64(bin - smallBins)
            largeMap = occupied ? largeMap | bit : largeMap & ~bit
        }
    }

    /// The first list from this one on that holds a chunk.
    static func occupiedBin(from bin: Int) -> Int? {
        if bin < smallBins {
            let map = smallMap & (~0 << UInt64(bin))
            if map != 0 { return map.trailingZeroBitCount }
            return largeMap != 0 ? smallBins + largeMap.trailingZeroBitCount : nil
        }
        guard bin - smallBins < largeBins else { return nil }
        let map = largeMap & (~0 << UInt64(bin - smallBins))
        return map != 0 ? smallBins + map.trailingZeroBitCount : nil
    }

    // MARK: Free chunks

    /// Makes a free chunk of this size, marks it at both its ends and hangs it into its list.
    static func insert(_ chunk: Address, _ size: UInt32) {
        setWord(chunk, size | (word(chunk) & previousInUse))
        setWord(chunk + size - 4, size)
        let next = chunk + size
        setWord(next, word(next) & ~previousInUse)
        let bin = bin(size)
        let first = word(head(bin))
        setWord(chunk + 4, first)
        setWord(chunk + 8, 0)
        if first != 0 { setWord(first + 8, chunk) }
        setWord(head(bin), chunk)
        mark(bin, occupied: true)
    }

    /// Takes a free chunk out of its list.
    static func remove(_ chunk: Address) {
        let next = word(chunk + 4)
        let previous = word(chunk + 8)
        if next != 0 { setWord(next + 8, previous) }
        if previous != 0 {
            setWord(previous + 4, next)
        } else {
            let bin = bin(size(chunk))
            setWord(head(bin), next)
            if next == 0 { mark(bin, occupied: false) }
        }
    }

    /// Marks a chunk as used up to `size`; what is left over becomes a free chunk.
    static func take(_ chunk: Address, _ size: UInt32) {
        let whole = self.size(chunk)
        let before = word(chunk) & previousInUse
        guard whole - size >= granule else {
            setWord(chunk, whole | before | inUse)
            setWord(chunk + whole, word(chunk + whole) | previousInUse)
            return
        }
        setWord(chunk, size | before | inUse)
        setWord(chunk + size, previousInUse)
        insert(chunk + size, whole - size)
    }

    /// Asks for more memory, at least `size` bytes in one chunk; false where the host refuses.
    static func grow(_ size: UInt32) -> Bool {
        let tableBytes = table == 0 ? UInt32(smallBins + largeBins) * 4 : 0
        let pages = (size + tableBytes + 2 * granule + pageBytes - 1) / pageBytes
        let before = memoryGrow(0, pages)
        guard before >= 0 else { return false }
        let start = UInt32(before) * pageBytes
        // The last word of linear memory's 4 GiB is never ours: a chunk that ended there would wrap.
        let newEnd = start &+ pages * pageBytes
        guard newEnd > start else { return false }
        var chunk: Address
        if table == 0 {
            // Fresh pages are zero: every list is empty.
            table = start
            chunk = start + tableBytes + granule - headerBytes
            setWord(chunk, previousInUse)
        } else if start == end {
            // The new pages follow the last ones: the end mark becomes the header of the new chunk.
            chunk = end - headerBytes
        } else {
            chunk = start + granule - headerBytes
            setWord(chunk, previousInUse)
        }
        end = newEnd
        var size = newEnd - headerBytes - chunk
        setWord(newEnd - headerBytes, inUse)
        if word(chunk) & previousInUse == 0 {
            let sizeBefore = word(chunk - 4)
            chunk -= sizeBefore
            size += sizeBefore
            remove(chunk)
        }
        insert(chunk, size)
        return true
    }

    /// A free chunk of at least this size, taken out of its list.
    static func find(_ size: UInt32) -> Address? {
        let exact = bin(size)
        if size >= smallLimit {
            // Chunks of a large list differ in size: the first that fits.
            var chunk = table == 0 ? 0 : word(head(exact))
            while chunk != 0 {
                if self.size(chunk) >= size {
                    remove(chunk)
                    return chunk
                }
                chunk = word(chunk + 4)
            }
        }
        guard let bin = occupiedBin(from: size < smallLimit ? exact : exact + 1) else { return nil }
        let chunk = word(head(bin))
        remove(chunk)
        return chunk
    }

    // MARK: The heap's functions

    static func allocate(_ byteCount: UInt32) -> Address? {
        guard byteCount <= largestRequest else { return nil }
        let size = (byteCount + headerBytes + granule - 1) & ~(granule - 1)
        if let chunk = find(size) {
            take(chunk, size)
            return chunk + headerBytes
        }
        guard grow(size), let chunk = find(size) else { return nil }
        take(chunk, size)
        return chunk + headerBytes
    }

    static func allocate(_ byteCount: UInt32, alignment: UInt32) -> Address? {
        if alignment <= granule { return allocate(byteCount) }
        guard byteCount <= largestRequest, alignment <= largestRequest / 4 else { return nil }
        guard let address = allocate(byteCount + alignment + granule) else { return nil }
        let aligned = (address + alignment - 1) & ~(alignment - 1)
        guard aligned != address else { return address }
        // What lies before the aligned place becomes a chunk of its own and is freed.
        let chunk = address - headerBytes
        let lead = aligned - address
        let whole = size(chunk)
        setWord(chunk, lead | (word(chunk) & previousInUse) | inUse)
        setWord(chunk + lead, (whole - lead) | inUse | previousInUse)
        free(address)
        return aligned
    }

    static func free(_ address: Address) {
        var chunk = address - headerBytes
        // Freed twice, or never allocated: going on would corrupt the heap.
        guard word(chunk) & inUse != 0 else { trap() }
        var size = size(chunk)
        let next = chunk + size
        if word(next) & inUse == 0 {
            remove(next)
            size += self.size(next)
        }
        if word(chunk) & previousInUse == 0 {
            let sizeBefore = word(chunk - 4)
            chunk -= sizeBefore
            remove(chunk)
            size += sizeBefore
        }
        insert(chunk, size)
    }

    /// The bytes that an allocation can hold.
    static func capacity(_ address: Address) -> UInt32 { size(address - headerBytes) - headerBytes }
}

/// The instruction that grows linear memory by this many pages; the pages there were before, or -1.
@_extern(c, "llvm.wasm.memory.grow.i32")
private func memoryGrow(_ memory: Int32, _ pages: UInt32) -> Int32

/// The instruction `unreachable`.
@_extern(c, "llvm.trap")
private func unreachable()

private func trap() -> Never {
    unreachable()
    // Never reached; it tells Swift so without a message, for which there may be no memory.
    while true {}
}

/// Ends the guest because the host refuses it more memory.
///
/// The host knows this function by its name in the backtrace and reports the memory limit instead of a mere trap.
/// Nothing is logged: that could need memory.
@_silgen_name("wasm_actors_out_of_memory")
@inline(never)
private func outOfMemory() -> Never {
    trap()
}

/// As in C, but ends the guest where there is no memory: nothing in Swift could go on.
@_cdecl("__wrap_malloc")
func guestMalloc(_ byteCount: UInt32) -> UInt32 {
    guard let address = GuestHeap.allocate(byteCount) else { outOfMemory() }
    return address
}

/// As in C; see `guestMalloc`.
@_cdecl("posix_memalign")
func guestMemalign(_ result: UnsafeMutablePointer<UInt32>, _ alignment: UInt32, _ byteCount: UInt32) -> Int32 {
    guard let address = GuestHeap.allocate(byteCount, alignment: alignment) else { outOfMemory() }
    result.pointee = address
    return 0
}

/// As in C.
@_cdecl("__wrap_free")
func guestFree(_ address: UInt32) {
    if address != 0 { GuestHeap.free(address) }
}

/// What the host calls to place strings and lists into this memory.
@_expose(wasm, "cabi_realloc")
@_cdecl("cabi_realloc")
func guestReallocate(_ old: UInt32, _ oldBytes: UInt32, _ alignment: UInt32, _ newBytes: UInt32) -> UInt32 {
    // Nothing is allocated for nothing: the canonical ABI wants an aligned address all the same.
    if newBytes == 0 && old == 0 { return alignment }
    if old != 0 && oldBytes != 0 && newBytes <= GuestHeap.capacity(old) { return old }
    guard let new = GuestHeap.allocate(newBytes, alignment: alignment) else { outOfMemory() }
    if old != 0 && oldBytes != 0, let target = UnsafeMutableRawPointer(bitPattern: UInt(new)),
        let source = UnsafeRawPointer(bitPattern: UInt(old))
    {
        target.copyMemory(from: source, byteCount: Int(min(oldBytes, newBytes)))
        GuestHeap.free(old)
    }
    return new
}
