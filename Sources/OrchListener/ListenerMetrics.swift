import HTTP
import OrchCore
import Platform

/// What the listener counts, put into words.
enum ListenerMetrics {
    static func all(
        servers: [HTTPServer], desk: WebhookDesk?, errands: Errands, store: any Store, startedAt: Timestamp
    ) -> [Metric] {
        var metrics = process(startedAt) + http(servers) + self.errands(errands)
        if let desk { metrics += webhooks(desk.counters) }
        // A store that is busy is asked again at the next look.
        if let waiting = try? store.countWaitingDeliveries(from: .github) {
            metrics.append(
                Metric(
                    "orch_inbox_waiting", .gauge, "Deliveries of GitHub's that nobody has seen to.", waiting))
        }
        return metrics
    }

    private static func process(_ startedAt: Timestamp) -> [Metric] {
        let start = Metric(
            "process_start_time_seconds", .gauge, "When the listener was started.", startedAt.seconds)
        guard let bytes = ResidentMemory.bytes() else { return [start] }
        return [start, Metric("process_resident_memory_bytes", .gauge, "Memory that it takes.", bytes)]
    }

    private static func http(_ servers: [HTTPServer]) -> [Metric] {
        var answers: [Int: Int] = [:]
        for server in servers { answers.merge(server.counters.answers, uniquingKeysWith: +) }
        return [
            Metric(
                "orch_http_connections", .gauge, "Connections that are open.",
                servers.reduce(0) { $0 + $1.connectionCount }),
            Metric(
                "orch_http_answers_total", .counter, "Answers by their status.",
                answers.sorted { $0.key < $1.key }.map { .init($0.value, ("status", String($0.key))) }),
        ]
    }

    private static func webhooks(_ counters: WebhookDesk.Counters) -> [Metric] {
        // From nought on: a rate cannot be told from a series that begins with its first event.
        let stored = GitHubEvent.allCases.sorted { $0.rawValue < $1.rawValue }.map {
            Metric.Sample(counters.stored[$0] ?? 0, ("event", $0.rawValue))
        }
        let refused = counters.refused.sorted { $0.key < $1.key }
        return [
            Metric(
                "orch_webhook_deliveries_total", .counter, "Deliveries that were written down.",
                stored),
            Metric(
                "orch_webhook_repeated_total", .counter, "Deliveries that had been written down before.",
                counters.repeated),
            Metric(
                "orch_webhook_unheeded_total", .counter, "Deliveries that tell of nothing to look at.",
                counters.unheeded),
            Metric(
                "orch_webhook_unwanted_total", .counter, "Deliveries of events that orch does not follow.",
                counters.unwanted),
            Metric(
                "orch_webhook_refused_total", .counter, "Requests that were no deliveries.",
                refused.map { .init($0.value, ("status", String($0.key))) }),
            Metric(
                "orch_webhook_failed_total", .counter, "Deliveries that could not be written down.",
                counters.failed),
        ]
    }

    private static func errands(_ errands: Errands) -> [Metric] {
        func samples(_ counts: [Errands.Errand: Int]) -> [Metric.Sample] {
            Errands.Errand.allCases.map { .init(counts[$0] ?? 0, ("errand", $0.rawValue)) }
        }
        return [
            Metric(
                "orch_errands_total", .counter, "Ticks and syncs that were started.",
                samples(errands.started)),
            Metric(
                "orch_errands_failed_total", .counter, "Ticks and syncs that failed.",
                samples(errands.failed)),
        ]
    }
}
