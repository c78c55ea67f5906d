// The functions of the C library that compiled Swift calls. Copies and fills become the instructions `memory.copy`
// and `memory.fill`.

/// As in C.
@_cdecl("memcpy")
func guestCopy(
    _ target: UnsafeMutableRawPointer,
    _ source: UnsafeRawPointer,
    _ byteCount: Int
) -> UnsafeMutableRawPointer {
    target.copyMemory(from: source, byteCount: byteCount)
    return target
}

/// As in C.
@_cdecl("memmove")
func guestMove(
    _ target: UnsafeMutableRawPointer,
    _ source: UnsafeRawPointer,
    _ byteCount: Int
) -> UnsafeMutableRawPointer {
    target.copyMemory(from: source, byteCount: byteCount)
    return target
}

/// As in C.
@_cdecl("memset")
func guestFill(_ target: UnsafeMutableRawPointer, _ value: Int32, _ byteCount: Int) -> UnsafeMutableRawPointer {
    target.initializeMemory(as: UInt8.self, repeating: UInt8(truncatingIfNeeded: value), count: byteCount)
    return target
}

/// As in C.
@_cdecl("memcmp")
func guestCompare(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ byteCount: Int) -> Int32 {
    var offset = 0
    while offset < byteCount {
        let a = left.load(fromByteOffset: offset, as: UInt8.self)
        let b = right.load(fromByteOffset: offset, as: UInt8.self)
        if a != b { return Int32(a) - Int32(b) }
        offset += 1
    }
    return 0
}
