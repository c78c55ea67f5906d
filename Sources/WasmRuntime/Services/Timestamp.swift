/// Moments as text.
package enum Timestamp {
    /// A moment as RFC 3339 writes it, in UTC: `2026-01-31T09:30:00.000000000Z`.
    ///
    /// - Parameter nanoseconds: Nanoseconds since 1970-01-01T00:00:00Z.
    /// - Returns: The text.
    package static func text(_ nanoseconds: UInt64) -> String {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let date = date(daysSince1970: Int(days))
        let time = [second / 3600, second / 60 % 60, second % 60].map { padded(Int($0), to: 2) }.joined(separator: ":")
        return "\(date)T\(time).\(padded(Int(rest), to: 9))Z"
    }

    /// Counts in eras of 400 years and in years that begin in March, so that the leap day comes last.
    private static func date(daysSince1970 days: Int) -> String {
        let (era, day) = (days + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
        let calendarMonth = month < 10 ? month + 3 : month - 9
        let calendarYear = era * 400 + year + (calendarMonth <= 2 ? 1 : 0)
        return "\(padded(calendarYear, to: 4))-\(padded(calendarMonth, to: 2))-\(padded(dayOfMonth, to: 2))"
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
