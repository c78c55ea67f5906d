// The arithmetic that compiled Swift expects of a C library, where WebAssembly has no instruction for it.

/// The product of two 128-bit integers, each given as its low and its high half; what a checked multiplication of
/// 64-bit integers is made of.
@_cdecl("__multi3")
func guestMultiply(_ product: UnsafeMutablePointer<UInt64>, _ a: UInt64, _ aHigh: UInt64, _ b: UInt64, _ bHigh: UInt64)
{
    let mask: UInt64 = 0xffff_ffff
    let low = (a & mask) &* (b & mask)
    let left = (a >> 32) &* (b & mask)
    let right = (a & mask) &* (b >> 32)
    let middle = (low >> 32) &+ (left & mask) &+ (right & mask)
    product[0] = (low & mask) | (middle << 32)
    product[1] =
        (a >> 32) &* (b >> 32) &+ (left >> 32) &+ (right >> 32) &+ (middle >> 32) &+ aHigh &* b &+ a &* bHigh
}

/// As in C: rounds to the nearest integer, and halfway cases away from zero.
@_cdecl("round")
func guestRound(_ value: Double) -> Double {
    let whole = value.rounded(.towardZero)
    let rest = value - whole
    if rest >= 0.5 { return whole + 1 }
    return rest <= -0.5 ? whole - 1 : whole
}

/// As in C; see `guestRound`.
@_cdecl("roundf")
func guestRound(_ value: Float) -> Float { Float(guestRound(Double(value))) }

/// As in C: what is left of a value after as many divisors as fit, with the value's sign.
@_cdecl("fmod")
func guestRemainder(_ value: Double, _ divisor: Double) -> Double {
    if !value.isFinite || divisor.isNaN || divisor == 0 { return .nan }
    let size = divisor.magnitude
    var rest = value.magnitude
    if size.isInfinite { return value }
    while rest >= size {
        // The largest multiple by a power of two that fits: taking it away is exact.
        var part = Double(sign: .plus, exponent: rest.exponent - size.exponent, significand: size)
        if part > rest { part /= 2 }
        rest -= part
    }
    return value.sign == .minus ? -rest : rest
}

/// As in C; see `guestRemainder`.
@_cdecl("fmodf")
func guestRemainder(_ value: Float, _ divisor: Float) -> Float { Float(guestRemainder(Double(value), Double(divisor))) }
