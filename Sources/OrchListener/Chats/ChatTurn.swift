import JSON
import OrchCore

/// One message, from what it means to the answer.
struct ChatTurn {
    let desk: ChatDesk
    let message: IncomingMessage
    let role: Role
    /// To be called once, when it was answered.
    let done: () -> Void

    private var place: Place { message.place }

    func begin() {
        let subject = desk.threads.task(of: message)
        guard let said = ChatGrammar(in: subject).wish(message.text) else { return done() }
        let wish = meant(said, in: subject)
        guard wish.role <= role else {
            return answer(
                ChatText(
                    sentence: "❌ You may not: that takes the role `\(wish.role.rawValue)`, and yours is "
                        + "`\(role.rawValue)`."))
        }
        grant(wish)
    }

    /// In a task's conversation a plain “yes” is for the agent, unless orch has asked for one.
    private func meant(_ wish: Wish, in subject: TaskReference?) -> Wish {
        guard wish == .confirm || wish == .decline, let subject,
            let words = ChatGrammar.plainWords(message.text),
            desk.confirmations.open(to: message.author, in: place, now: desk.ports.now()) == nil
        else { return wish }
        return .verb(.say(subject, words: words))
    }

    private func grant(_ wish: Wish) {
        switch wish {
        case .verb(let verb):
            let located = verb.inProject(projectHere)
            // What was asked before is not what a later “yes” means.
            _ = desk.confirmations.take(from: message.author, in: place, now: desk.ports.now())
            located.isDangerous ? ask(located) : perform(located)
        case .confirm: confirm()
        case .decline:
            let asked = desk.confirmations.take(from: message.author, in: place, now: desk.ports.now())
            answer(asked == nil ? "There is nothing to decide." : "Left as it is.")
        case .watch(let task): watch(located(task))
        case .unwatch(let task): unwatch(task.map(located))
        case .use(let tag): use(tag)
        case .help: answer(ChatAnswers.help(for: role))
        case .mistake(let mistake): answer(ChatText(sentence: "❌ \(mistake.problem)\n→ \(mistake.fix)"))
        }
    }

    // MARK: - Verbs

    private func ask(_ verb: Verb) {
        desk.confirmations.ask(verb, of: message.author, in: place, now: desk.ports.now())
        answer(ChatAnswers.question(verb), about: verb.task)
    }

    private func confirm() {
        let asked = desk.confirmations.take(from: message.author, in: place, now: desk.ports.now())
        guard let asked else {
            return answer(
                ChatText(
                    sentence: "There is nothing to confirm; what is asked holds for "
                        + "\(Confirmations.patience.brief)."))
        }
        // The role may have been another when it was asked.
        guard asked.role <= role else { return answer("❌ You may not.") }
        perform(asked)
    }

    private func perform(_ verb: Verb) {
        let origin = VerbPerformer.Origin(
            actor: message.author.actor, request: "\(desk.service)-\(message.delivery)")
        desk.ports.perform(verb, origin) { [self] outcome in
            let task = task(verb, outcome)
            if case .new(let new) = verb, let task {
                begin(task, titled: new.title, ChatAnswers.text(verb, outcome))
            } else {
                answer(ChatAnswers.text(verb, outcome), about: task)
            }
        }
    }

    /// The answer about a new task begins its conversation: a thread of its own, or the replies to it.
    private func begin(_ task: TaskReference, titled title: String, _ text: ChatText) {
        desk.say(text, to: message) { [desk, place, done] said in
            desk.threads.bind(said.messages, in: place, to: task, now: desk.ports.now())
            // One that was opened before a crash is the conversation still.
            guard let last = said.messages.last, !desk.threads.hasThread(about: task, in: place) else {
                return done()
            }
            desk.ports.openThread("\(task.id): \(title)", last, place) { thread in
                if let thread { desk.threads.bind(thread, to: task, now: desk.ports.now()) }
                done()
            }
        }
    }

    /// The task that the answer is about, so that replies to it are, too.
    private func task(_ verb: Verb, _ outcome: VerbOutcome) -> TaskReference? {
        if let task = verb.task { return task }
        guard case .new = verb, case .done(let answer) = outcome, let id = answer["id"].string else {
            return nil
        }
        return TaskReference(project: answer["project"].string.flatMap { ProjectTag($0) }, id: id)
    }

    // MARK: - What is the chat's own

    /// The project that is meant here: `/use`.
    private var projectHere: ProjectTag? {
        let name = try? desk.store.cursor("chat_project:\(desk.service):\(place.chat)")
        return name.flatMap { ProjectTag($0) }
    }

    private func located(_ task: TaskReference) -> TaskReference {
        var task = task
        task.project = task.project ?? projectHere
        return task
    }

    private func use(_ tag: ProjectTag?) {
        let names = desk.threads.projectNames()
        guard let tag else {
            let here = projectHere.map { "It is `\($0)` here" } ?? "None is chosen here"
            return answer(
                ChatText(sentence: "\(here); there are \(names.map { "`\($0)`" }.joined(separator: ", "))."))
        }
        guard desk.threads.project(named: tag) != nil else {
            return answer(
                ChatText(
                    sentence: "❌ There is no project “\(tag)”\n→ there are "
                        + names.map { "`\($0)`" }.joined(separator: ", ")))
        }
        do throws(StoreError) {
            try desk.store.setCursor("chat_project:\(desk.service):\(place.chat)", to: tag.rawValue)
            answer(ChatText(sentence: "Here `\(tag)` is meant from now on."))
        } catch {
            answer(ChatText(sentence: "❌ \(error.problem)\n→ \(error.fix)"))
        }
    }

    private func watch(_ task: TaskReference) {
        guard let watches = desk.watches else { return answer("❌ Live output is not shown here.") }
        guard let key = desk.threads.key(of: task) else {
            return answer(ChatText(sentence: "❌ There is no task \(task)\n→ `/list` shows what there is"))
        }
        do {
            try watches.watch(key, named: task, in: place, for: message.author)
            answer(ChatText(sentence: "👀 Watching task \(task); `/unwatch` ends it."), about: task)
        } catch {
            let words = error as? any Explained
            answer(ChatText(sentence: "❌ \(words?.problem ?? "\(error)")\n→ \(words?.fix ?? "try again")"))
        }
    }

    private func unwatch(_ task: TaskReference?) {
        let key = task.flatMap(desk.threads.key)
        if task != nil, key == nil { return answer("❌ There is no such task.") }
        let count = desk.watches?.unwatch(key, in: place) ?? 0
        answer(count == 0 ? "Nothing is watched here." : "No longer watching.")
    }

    // MARK: - Answering

    /// - Parameter task: what replies to the answer are about.
    private func answer(_ text: ChatText, about task: TaskReference? = nil) {
        desk.say(text, to: message) { [desk, place, done] said in
            if let task { desk.threads.bind(said.messages, in: place, to: task, now: desk.ports.now()) }
            done()
        }
    }
}
