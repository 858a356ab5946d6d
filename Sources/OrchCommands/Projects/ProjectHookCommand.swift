import Arguments
import JSON
import OrchAdapters
import OrchCore
import OrchEngine
import Platform

/// `orch project hook`: has GitHub tell the listener of what happens in the project's repository.
enum ProjectHookCommand: Subcommand {
    static let table = CommandTable("hook", "Have GitHub tell `orch listen` what happens") {
        Option("url", "URL", "Where GitHub reaches the listener: https://hooks.example.com")
    }
    .discussion(
        """
        Makes the webhook, or brings the one of that address up to date: active, the events that orch listens to, and the \
        secret of `listen.webhook_secret` or ORCH_WEBHOOK_SECRET. The account must be an administrator of the repository. \
        Where it leads is yours to arrange: a tunnel or a reverse proxy in front of `listen.address`.
        """
    )
    .example("orch project hook --url https://hooks.example.com", "Find or make it.")

    static func run(_ context: Context) throws -> Int32 {
        guard let given = context.arguments.value("url") else {
            throw UsageError(
                problem: "where does GitHub reach the listener?",
                fix: "add `--url https://…`, the outside of what leads to `listen.address`")
        }
        let url = try address(given)
        let project = try context.project()
        guard let repository = project.settings.github.repository,
            let webhooks = try context.live().ports().webhooks(project)
        else { throw SteeringError.noGitHub(project: project.name) }
        let secret = try secret(context.listenSettings())
        let (hook, isNew) = try webhooks.install(
            url: url, secret: secret, events: GitHubEvent.subscribed)
        context.audit("hook", "webhook \(hook.id) to \(url)")
        if context.wantsJSON {
            context.print(.object(image(of: hook, isNew: isNew)))
        } else {
            Console.out("\(isNew ? "Made" : "Found") webhook \(hook.id) of \(repository): \(url)")
            Console.out("It sends \(hook.events.joined(separator: ", ")).")
            Console.out("With `orch listen` there, the next sync sees whether everything arrives.")
        }
        return 0
    }

    private static func image(of hook: Webhook, isNew: Bool) -> JSONObject {
        [
            "id": .int(Int64(hook.id)), "url": .string(hook.url), "new": .bool(isNew),
            "active": .bool(hook.isActive), "events": .array(hook.events.map(JSONValue.string)),
        ]
    }

    /// With the listener's own path; plain HTTP would show everything to whoever is in between.
    static func address(_ given: String) throws -> String {
        let scheme = ["https://", "http://127.0.0.1", "http://localhost"].first { given.hasPrefix($0) }
        guard let scheme, given.utf8.count > scheme.utf8.count, !given.contains(where: \.isWhitespace) else {
            throw UsageError(
                problem: "“\(given)” is no address that GitHub could be told", fix: "write `https://HOST`")
        }
        if given.hasSuffix(Webhook.path) { return given }
        return (given.hasSuffix("/") ? String(given.dropLast()) : given) + Webhook.path
    }

    /// What a secret's file may hold, in bytes.
    private static let secretLimitBytes = 4096

    /// As the listener reads it: what an editor adds at the ends is no part of it.
    private static func secret(_ settings: Settings.Listen) throws -> String {
        if !settings.webhookSecret.isEmpty { return settings.webhookSecret }
        if !settings.webhookSecretFile.isEmpty {
            let bytes = try WholeFile.readIfPresent(
                settings.webhookSecretFile, limitBytes: secretLimitBytes)
            let text = String(decoding: bytes ?? [], as: UTF8.self)
            let words = text.split(whereSeparator: \.isWhitespace)
            if words.count == 1 { return String(words[0]) }
        }
        throw UsageError(
            problem: "there is no secret for webhooks",
            fix: "set ORCH_WEBHOOK_SECRET in $ORCH_HOME/service.env, as `openssl rand -hex 32` prints one")
    }
}
