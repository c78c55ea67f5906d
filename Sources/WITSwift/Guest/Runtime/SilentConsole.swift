/// As in C. This world gives its guests no log: the text is dropped, and the host's error names the failing function.
@_cdecl("putchar")
func guestPutCharacter(_ character: Int32) -> Int32 { character }

/// As in BSD. This world gives its guests no randomness: hashing has the same seeds in each instance.
@_cdecl("arc4random_buf")
func guestRandom(_ target: UnsafeMutableRawPointer, _ byteCount: Int) {
    target.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
}
