import Testing
import WasmCore

@testable import WasmActor
@testable import WasmRuntime

@Suite struct PrometheusTests {
    private func actor(_ id: String, depth: Int = 0) throws -> ActorSummary {
        ActorSummary(
            id: try ActorID(id),
            status: .running,
            metadata: nil,
            generation: 2,
            mailboxDepth: depth,
            mailboxBytes: 10 * depth,
            messagesAccepted: 50,
            messagesHandled: 40,
            messagesDropped: 2,
            messagesExpired: 1,
            restarts: 1,
            health: nil
        )
    }

    private var metrics: SystemMetrics {
        var turns = LatencyHistogram()
        for time in [1, 2, 3, 100] { turns.record(.microseconds(time)) }
        return SystemMetrics(
            actors: 3,
            mailboxDepth: 7,
            mailboxBytes: 70,
            messagesAccepted: 120,
            messagesHandled: 110,
            messagesDropped: 3,
            messagesExpired: 2,
            messagesKept: 6,
            guestErrors: 4,
            crashes: 2,
            restarts: 1,
            deadLetters: 5,
            turnTimes: turns,
            answerTimes: LatencyHistogram(),
            residentBytes: 4096,
            engine: EngineMetrics(
                compilations: 1,
                instantiations: 4,
                liveInstances: 3,
                turns: 130,
                slices: 6,
                traps: 2
            )
        )
    }

    @Test func aGaugeACounterAndAHistogramAreWrittenAsTheFormatSays() {
        let lines = metrics.prometheus().split(separator: "\n", omittingEmptySubsequences: false)
        func section(_ name: String) -> [Substring] {
            lines.filter { line in
                line.split(whereSeparator: { " {".contains($0) }).contains { $0.hasPrefix("wasm_actors_\(name)") }
            }
        }
        #expect(
            section("mailbox_messages") == [
                "# HELP wasm_actors_mailbox_messages Messages that wait in mailboxes.",
                "# TYPE wasm_actors_mailbox_messages gauge",
                "wasm_actors_mailbox_messages 7",
            ]
        )
        #expect(
            section("dead_letters") == [
                "# HELP wasm_actors_dead_letters_total Messages that could not be handled.",
                "# TYPE wasm_actors_dead_letters_total counter",
                "wasm_actors_dead_letters_total 5",
            ]
        )
        #expect(
            section("turn_duration_seconds") == [
                "# HELP wasm_actors_turn_duration_seconds Time of the turns of messages and calls.",
                "# TYPE wasm_actors_turn_duration_seconds histogram",
                #"wasm_actors_turn_duration_seconds_bucket{le="1.024e-06"} 1"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="4.096e-06"} 3"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="1.6384e-05"} 3"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="6.5536e-05"} 3"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="0.000262144"} 4"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="0.001048576"} 4"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="0.004194304"} 4"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="0.016777216"} 4"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="0.067108864"} 4"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="0.268435456"} 4"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="1.073741824"} 4"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="4.294967296"} 4"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="17.179869184"} 4"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="68.719476736"} 4"#,
                #"wasm_actors_turn_duration_seconds_bucket{le="+Inf"} 4"#,
                "wasm_actors_turn_duration_seconds_sum 0.000106",
                "wasm_actors_turn_duration_seconds_count 4",
            ]
        )
        #expect(lines.last == "")
    }

    @Test func whatBecameOfMessagesIsCounted() {
        let lines = metrics.prometheus().split(separator: "\n")
        let counts = ["accepted": 120, "handled": 110, "dropped": 3, "expired": 2]
        for (name, count) in counts { #expect(lines.contains("wasm_actors_messages_\(name)_total \(count)")) }
        #expect(lines.contains("wasm_actors_mailbox_bytes 70"))
    }

    @Test func actorsHaveSeriesOfTheirOwnUpToALimit() throws {
        let actors = [try actor("a/b/1", depth: 9), try actor("a/b/2"), try actor("a/b/3")]
        let text = metrics.prometheus(actors: actors, limit: 2)
        #expect(text.contains("\nwasm_actors_actor_mailbox_messages{actor=\"a/b/1\"} 9\n"))
        #expect(text.contains("\nwasm_actors_actor_generation{actor=\"a/b/2\"} 2\n"))
        #expect(!text.contains("a/b/3"))
        #expect(text.contains("\nwasm_actors_actor_series_omitted 1\n"))
        #expect(!metrics.prometheus().contains("actor="))
    }

    /// A reader of the format, as strict as its description.
    @Test func everyLineIsOfTheFormat() throws {
        let text = metrics.prometheus(actors: [try actor("a/b/1"), try actor("a/b/2")])
        let sample = /([a-z_][a-z0-9_]*)(?:\{([a-z]+="[^"\\\n]*")(?:,[a-z]+="[^"\\\n]*")*\})? (\S+)/
        var types: [Substring: Substring] = [:]
        var seen: Set<Substring> = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.hasPrefix("# TYPE ") {
                #expect(types.updateValue(words[3], forKey: words[2]) == nil, "\(line) comes twice")
                #expect(["counter", "gauge", "histogram"].contains(words[3]))
                continue
            }
            if line.hasPrefix("# HELP ") {
                #expect(words.count > 3)
                continue
            }
            let match = try #require(try sample.wholeMatch(in: line), "\(line) is no sample")
            #expect(match.3 == "+Inf" || Double(match.3) != nil)
            #expect(seen.insert(line.prefix { $0 != " " }).inserted, "\(line) comes twice")
            let family = types.keys.filter { match.1.hasPrefix($0) }.max { $0.count < $1.count }
            let kind = types[try #require(family, "\(line) has no type")]
            #expect(kind != "counter" || match.1.hasSuffix("_total"))
        }
        #expect(types.count > 20)
    }

    @Test func whatWouldEndALabelIsEscaped() {
        #expect(PrometheusText.escaped("a\\b\"c\nd", quotes: true) == #"a\\b\"c\nd"#)
        #expect(PrometheusText.escaped("a\\b\"c\nd") == #"a\\b"c\nd"#)
    }
}
