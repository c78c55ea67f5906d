import WasmCore
import WasmRuntime

extension SystemMetrics {
    /// The metrics in the text format of Prometheus, version 0.0.4 (`text/plain; version=0.0.4`), as a scrape of
    /// `/metrics` returns it or a file for the node exporter's text collector holds it.
    ///
    /// Every name begins with `wasm_actors_`; times are in seconds and sizes in bytes. A histogram has the bounds 2^10,
    /// 2^12, ... 2^36 ns.
    ///
    /// - Parameters:
    ///   - actors: Whose own figures are written too, with the label `actor` [nobody's]: `ActorSystem.list` gives them.
    ///   - limit: The most actors that are written so [100], the first of the list; how many are left out
    ///     `wasm_actors_actor_series_omitted` says. Every actor is a series of its own to Prometheus, for as long as it
    ///     keeps data.
    /// - Returns: The text, each line ended.
    public func prometheus(actors: [ActorSummary] = [], limit: Int = 100) -> String {
        var text = PrometheusText()
        text.gauge("actors", "Actors that run.", self.actors)
        text.gauge("mailbox_messages", "Messages that wait in mailboxes.", mailboxDepth)
        text.gauge("mailbox_bytes", "Bytes of the messages that wait in mailboxes.", mailboxBytes)
        text.counter("messages_accepted", "Messages that a mailbox took over from their senders.", messagesAccepted)
        text.counter("messages_handled", "Messages that a guest handled.", messagesHandled)
        text.counter("messages_dropped", "Messages that an overflow policy dropped.", messagesDropped)
        text.counter("messages_expired", "Messages whose turn came after their lifetime.", messagesExpired)
        text.counter("messages_kept", "Messages of ended actors that were left in storage.", messagesKept)
        text.counter("guest_errors", "Messages that a guest answered with an error.", guestErrors)
        text.counter("crashes", "Instances that ended abnormally.", crashes)
        text.counter("restarts", "Restarts of actors.", restarts)
        text.counter("dead_letters", "Messages that could not be handled.", deadLetters)
        text.histogram("turn_duration_seconds", "Time of the turns of messages and calls.", turnTimes)
        text.histogram("answer_duration_seconds", "Time from questions to their answers.", answerTimes)
        text.counter("turns", "Guest calls begun.", engine.turns)
        text.counter("slices", "Slices of turns that ended before their turn did.", engine.slices)
        text.counter("traps", "Guest calls that ended abnormally.", engine.traps)
        text.counter("compilations", "Components compiled.", engine.compilations)
        text.counter("instantiations", "Instances made.", engine.instantiations)
        text.gauge("instances", "Instances that live.", engine.liveInstances)
        if let residentBytes {
            text.gauge("process_resident_memory_bytes", "Memory of the process that is resident.", residentBytes)
        }
        if !actors.isEmpty { text.write(actors, limit: max(0, limit)) }
        return text.text
    }
}

extension PrometheusText {
    fileprivate mutating func write(_ actors: [ActorSummary], limit: Int) {
        let written = actors.prefix(limit).map { (labels: [("actor", $0.id.description)], actor: $0) }
        series("actor_mailbox_messages", .gauge, "Messages that wait in the mailbox of one actor.") {
            written.map { ($0.labels, "\($0.actor.mailboxDepth)") }
        }
        series("actor_messages_handled_total", .counter, "Messages that one actor handled.") {
            written.map { ($0.labels, "\($0.actor.messagesHandled)") }
        }
        series("actor_restarts_total", .counter, "Restarts of one actor.") {
            written.map { ($0.labels, "\($0.actor.restarts)") }
        }
        series("actor_generation", .gauge, "Which instance of one actor runs, 1 for its first.") {
            written.map { ($0.labels, "\($0.actor.generation)") }
        }
        gauge("actor_series_omitted", "Actors without series of their own.", actors.count - written.count)
    }
}
