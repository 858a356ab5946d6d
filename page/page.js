// The page of `orch listen`: what needs a person, what runs, what waits and why, jobs, cost.
//
// What comes from outside (titles, output, errors) only ever becomes text: `element` sets textContent and knows no other
// way. The token is kept in this browser and sent as a header, so no other site can use it.

const OUTPUT_LINES = 2000 // More are dropped at the top; `orch task stream` has them all.
const OPEN_OUTPUTS = 3 // A browser has six connections to one place, and the page needs the others.
const SILENCE = 45_000 // The listener says something every 15 seconds; with less the line is dead, and nothing tells of it.
const SHOWN = 10 // Of a long list, until all of it is asked for: what stands below it is to be found.
const TASKS = 500 // As many as the listener tells of.
const TOKEN = 'orch-token'

// ---- Small tools

const $ = (id) => document.getElementById(id)

function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue
    if (name === 'text') made.textContent = value
    else if (name.startsWith('on')) made.addEventListener(name.slice(2), value)
    else if (name === 'href') {
      // An address of a tracker, never `javascript:`.
      if (/^https?:\/\//.test(value)) made.setAttribute('href', value)
    } else made.setAttribute(name, value === true ? '' : value)
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false))
  return made
}

const plain = (text) => text.replaceAll('`', '')

// What stands in backticks is code.
function words(text) {
  return text.split('`').map((part, place) => (place % 2 ? element('code', { text: part }) : part))
}

function span(seconds) {
  const past = Math.abs(seconds)
  if (past < 60) return `${Math.round(past)}s`
  if (past < 3600) return `${Math.floor(past / 60)}m`
  if (past < 86400) return `${Math.floor(past / 3600)}h ${Math.floor((past % 3600) / 60)}m`
  return `${Math.floor(past / 86400)}d ${Math.floor((past % 86400) / 3600)}h`
}

function time(iso, say) {
  const made = element('time', { datetime: iso, title: new Date(iso).toLocaleString() })
  made.say = () => { made.textContent = say((Date.parse(iso) - Date.now()) / 1000) }
  made.say()
  return made
}

const ago = (iso) => time(iso, (seconds) => (seconds > -10 ? 'just now' : `${span(seconds)} ago`))
const counted = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`
const dollars = (micro) => `$${(micro / 1e6).toFixed(2)}`
const grouped = (number) => number.toLocaleString('en')

setInterval(() => document.querySelectorAll('time').forEach((made) => made.say?.()), 10_000)

// `crypto.randomUUID` is for pages over TLS alone.
const randomName = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

// ---- The API

class Failure extends Error {
  constructor(status, problem, fix) {
    super(problem)
    this.status = status
    this.fix = fix
  }

  // Over as soon as an answer comes.
  get isPassing() { return this.status === 0 || this.status === 503 }
}

function headers(more = {}) {
  const token = localStorage.getItem(TOKEN)
  return token ? { authorization: `Bearer ${token}`, ...more } : more
}

async function failure(answer) {
  const said = await answer.json().catch(() => ({}))
  return new Failure(answer.status, said.error ?? `the listener answered ${answer.status}`, said.fix ?? '')
}

async function ask(path, body, more = {}) {
  const options = body === undefined
    ? { headers: headers() }
    : { method: 'POST', headers: headers({ 'content-type': 'application/json', ...more }), body: JSON.stringify(body) }
  let answer
  try {
    answer = await fetch(path, { ...options, cache: 'no-store', signal: AbortSignal.timeout(120_000) })
  } catch {
    throw new Failure(0, 'the listener cannot be reached', 'is `orch listen` running?')
  }
  if (!answer.ok) throw await failure(answer)
  return answer.json()
}

// Server-Sent Events over fetch, because EventSource sends no header. It comes back by itself, from where it was.
class Events {
  constructor(path, { on, start = '', opened = () => {}, closed = () => {} }) {
    Object.assign(this, { path, on, opened, closed, last: start, pause: 1000 })
    this.run()
  }

  stop() {
    this.isStopped = true
    this.abort?.abort()
  }

  async run() {
    while (!this.isStopped) {
      this.abort = new AbortController()
      try {
        const answer = await fetch(this.path, {
          headers: headers({ accept: 'text/event-stream', ...(this.last ? { 'last-event-id': this.last } : {}) }),
          cache: 'no-store',
          signal: this.abort.signal,
        })
        if (!answer.ok) throw await failure(answer)
        this.pause = 1000
        this.opened()
        await this.read(answer.body.pipeThrough(new TextDecoderStream()).getReader())
      } catch (error) {
        if ([401, 403, 404].includes(error.status)) {
          this.isStopped = true
          this.closed(error)
          return
        }
      }
      if (this.isStopped) return
      this.closed(null)
      await new Promise((go) => setTimeout(go, this.pause))
      this.pause = Math.min(this.pause * 2, 30_000)
    }
  }

  async read(reader) {
    let rest = ''
    let event = { name: 'message', data: [] }
    for (;;) {
      const silence = setTimeout(() => this.abort.abort(), SILENCE)
      const { value, done } = await reader.read().finally(() => clearTimeout(silence))
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop()
      for (const line of lines) {
        if (line === '') {
          if (event.data.length) this.on(event.name, JSON.parse(event.data.join('\n')))
          event = { name: 'message', data: [] }
        } else if (line.startsWith('id:')) this.last = line.slice(3).trim()
        else if (line.startsWith('event:')) event.name = line.slice(6).trim()
        else if (line.startsWith('data:')) event.data.push(line.slice(5).replace(/^ /, ''))
      }
    }
  }
}

// ---- Asking, and saying what went wrong

function alarm(error) {
  if (error.status === 401) return signIn()
  const known = [...$('alerts').children].find((box) => box.firstChild.firstChild.textContent === plain(error.message))
  if (known) return
  const box = element('div', { class: 'alert', 'data-passing': error.isPassing },
    element('div', {}, element('p', {}, ...words(error.message)),
      error.fix ? element('p', { class: 'fix' }, ...words(error.fix)) : null),
    element('button', { type: 'button', class: 'plain', 'aria-label': 'Dismiss', text: '✕', onclick: () => box.remove() }))
  const alerts = $('alerts')
  alerts.append(box)
  while (alerts.children.length > 3) alerts.firstChild.remove()
}

// Does something for a button, once at a time, and looks again.
async function act(button, doing, fail = alarm) {
  const hadFocus = document.activeElement === button
  const task = button.closest('[data-task]')?.dataset.task
  button.disabled = true
  try {
    await doing()
    await refresh()
    return true
  } catch (error) {
    fail(error)
    return false
  } finally {
    button.disabled = false
    // Its card may have moved to another list: who works by keyboard goes with it.
    if (hadFocus && document.activeElement === document.body) {
      const card = [...document.querySelectorAll('[data-task]')].find((one) => one.dataset.task === task)
      const target = button.isConnected ? button : card ?? $('main')
      target.focus({ preventScroll: target === $('main') })
    }
  }
}

// `again`: as it was left.
function dialog(name, fill = () => {}, again = false) {
  const [box, form] = [$(`${name}-dialog`), $(`${name}-form`)]
  if (!again) {
    form.reset()
    fill()
  }
  return new Promise((answer) => {
    box.onclose = () => answer(box.returnValue === 'ok' ? Object.fromEntries(new FormData(form)) : null)
    box.returnValue = ''
    box.showModal()
  })
}

for (const button of document.querySelectorAll('[data-close]')) {
  button.addEventListener('click', () => button.closest('dialog').close('cancel'))
}

function sure(title, text, ok) {
  return dialog('sure', () => {
    $('sure-title').textContent = title
    $('sure-text').textContent = text
    $('sure-ok').textContent = ok
  })
}

function choices(select, names, first) {
  select.replaceChildren(...(first ? [element('option', { value: '', text: first })] : []),
    ...names.map((name) => element('option', { value: name, text: name })))
}

// ---- Lists that keep what a person has open: a card is changed, never made anew

class List {
  constructor(name, make) {
    this.box = $(name)
    this.empty = $(`${name}-empty`)
    this.count = $(`${name}-count`)
    this.make = make
    this.cards = new Map()
    this.more = element('button', { type: 'button', class: 'more', hidden: true, onclick: () => this.showAll() })
    this.box.after(this.more)
  }

  // Who pressed the button goes on with what it has brought.
  showAll() {
    const last = this.box.lastChild
    this.isLong = true
    this.show(this.items)
    last?.nextSibling?.focus()
  }

  show(items) {
    this.items = items
    const isCut = !this.isLong && items.length > SHOWN
    this.more.hidden = !isCut
    this.more.textContent = `Show ${items.length - SHOWN} more`
    const wanted = new Map((isCut ? items.slice(0, SHOWN) : items).map((item) => [item.key, item]))
    for (const [key, card] of this.cards) {
      if (wanted.has(key)) continue
      if (card.keep?.()) continue
      card.gone?.()
      card.root.remove()
      this.cards.delete(key)
    }
    let before = this.box.firstChild
    for (const [key, item] of wanted) {
      const card = this.cards.get(key) ?? this.make(item)
      this.cards.set(key, card)
      card.show(item)
      if (card.root === before) before = before.nextSibling
      else this.box.insertBefore(card.root, before)
    }
    if (this.count) this.count.textContent = items.length || ''
    this.empty.hidden = this.cards.size > 0
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

// ---- A task

const looks = {
  needs_review: ['needs you', 'tone-warn'], blocked: ['blocked', 'tone-bad'], in_review: ['in review', 'tone-busy'],
  new: ['new', ''], routed: ['ready', ''], in_progress: ['in progress', 'tone-busy'], done: ['done', 'tone-good'],
}

const place = (task, verb) =>
  `api/tasks/${encodeURIComponent(task.project)}/${encodeURIComponent(task.id)}${verb ? `/${verb}` : ''}`

function meta(...parts) {
  const shown = parts.filter(Boolean).flatMap((part, number) => (number ? [' · ', part] : [part]))
  return element('p', { class: 'meta' }, ...shown)
}

function head(task, badge, ...facts) {
  const [text, tone] = badge
  return element('div', { class: 'head' },
    element('div', {},
      element('h3', {}, element('a', { href: task.url || undefined, text: task.title || task.id, rel: 'noreferrer' })),
      meta(task.project, task.id ? `${task.backend === 'github' ? '#' : ''}${task.id}` : null, ...facts)),
    element('span', { class: `badge ${tone}`, text }))
}

function verbs(task) {
  const named = (text, verb, doing, look) =>
    element('button', {
      type: 'button', text, class: look, 'aria-label': `${text}: ${task.title}`,
      onclick: async (event) => {
        const body = await doing?.() ?? (doing ? null : {})
        if (body) await act(event.target, () => ask(place(task, verb), body))
      },
    })
  const certain = (title, text, ok) => async () => ((await sure(title, text, ok)) ? { confirm: true } : null)
  const assign = named('Assign…', 'assign', () => dialog('assign', () => {
    $('assign-task').textContent = task.title
    choices($('assign-agent'), agents(task.project))
  }))
  const merge = task.pull_request && named('Merge', 'merge',
    certain('Merge it?', `The pull request of “${task.title}” is merged.`, 'Merge'))
  const approve = task.pull_request && named('Approve', 'approve',
    certain('Approve it?', `The changes of “${task.title}” count as reviewed.`, 'Approve'))
  switch (task.status) {
    case 'in_review': return [approve, merge, named('Retry', 'retry')]
    case 'needs_review': return [named('Retry', 'retry', null, 'primary'), approve, merge, assign]
    case 'blocked': return [named('Unblock', 'unblock'), assign]
    default: return task.held ? [named('Retry', 'retry', null, 'primary'), assign] : [assign]
  }
}

function taskCard({ key }) {
  const root = element('li', { class: 'card', 'data-task': key, tabindex: '-1' })
  const top = element('div')
  root.append(top)
  let item, shown, output

  // What its last run has said, for who has to judge it.
  async function open(event) {
    await act(event.target, async () => {
      const { runs } = await ask(place(item.task))
      if (output || !runs.length) return
      output = new Output(runs[0].id)
      output.onclose = shut
      root.append(output.box)
      output.open()
    })
    draw()
  }

  function shut() {
    output?.close()
    output?.box.remove()
    output = undefined
    draw()
  }

  function draw() {
    const now = [item, Boolean(output)]
    if (same(now, shown)) return
    shown = structuredClone(now)
    const { task, why } = item
    const reasons = why?.reasons ?? (task.last_error ? [task.last_error] : [])
    const request = task.pull_request && element('a', { href: task.pull_request, text: 'pull request', rel: 'noreferrer' })
    const focused = top.contains(document.activeElement) && document.activeElement
    const text = output ? 'Hide output' : 'Show output'
    const toggle = task.attempts > 0 && element('button', {
      type: 'button', text, 'aria-label': `${text}: ${task.title}`, 'aria-expanded': String(Boolean(output)), 'data-toggle': true,
      onclick: (event) => (output ? shut() : open(event)),
    })
    top.replaceChildren(...[
      head(task, task.held ? ['stopped', 'tone-warn'] : looks[task.status] ?? [task.status, ''], task.agent,
        ago(task.updated_at), request),
      ...reasons.slice(0, 3).map((reason) => element('p', { class: 'why', text: reason })),
      why?.next ? element('p', { class: 'next' }, ...words(why.next)) : null,
      element('div', { class: 'actions' }, ...[...verbs(task), toggle].filter(Boolean)),
    ].filter(Boolean))
    // Who was on a button is on it still, whatever it says now.
    if (focused) {
      const isIt = (button) => (focused.dataset.toggle === undefined ? button.textContent === focused.textContent : 'toggle' in button.dataset)
      ;[...top.querySelectorAll('button')].find(isIt)?.focus()
    }
  }

  return {
    root,
    gone: () => output?.close(),
    show(newer) {
      item = newer
      draw()
    },
  }
}

// ---- A run's output

const outputs = []

class Output {
  constructor(run, ended = () => {}) {
    this.run = run
    this.ended = ended
    this.waiting = []
    this.box = element('div', {
      class: 'output', role: 'log', tabindex: '0', 'aria-live': 'off', 'aria-label': `Output of run ${run}`,
    })
    this.last = ''
  }

  open() {
    if (this.events || this.isOver) return
    outputs.push(this)
    // The oldest one gives way.
    if (outputs.length > OPEN_OUTPUTS) outputs[0].onclose()
    this.listen()
  }

  listen() {
    if (this.events || this.isOver || document.hidden) return
    this.events = new Events(`api/runs/${this.run}/events`, {
      start: this.last,
      on: (name, data) => (name === 'end' ? this.end(data) : this.line(data)),
      closed: (error) => { if (error) this.end({ problem: error.message }) },
    })
  }

  hush() {
    if (!this.events) return
    this.last = this.events.last
    this.events.stop()
    this.events = undefined
  }

  close() {
    this.hush()
    const place = outputs.indexOf(this)
    if (place >= 0) outputs.splice(place, 1)
  }

  line(event) {
    if (!event.line) return
    this.waiting.push(element('div', { class: event.kind, text: event.line }))
    // Many lines are one change of the page.
    if (this.waiting.length === 1) requestAnimationFrame(() => this.flush())
  }

  flush() {
    const box = this.box
    const follows = box.scrollHeight - box.scrollTop - box.clientHeight < 40
    box.append(...this.waiting.slice(-OUTPUT_LINES))
    this.waiting = []
    while (box.children.length > OUTPUT_LINES) box.firstChild.remove()
    if (follows) box.scrollTop = box.scrollHeight
  }

  end(how) {
    this.close()
    this.isOver = true
    const text = how.problem ?? [how.failure ?? how.status, how.message].filter(Boolean).join(': ')
    this.line({ kind: 'ending', line: `— ${text} —` })
    this.ended()
  }
}

// ---- A run that is live

function runCard(item) {
  const root = element('li', { class: 'card', 'data-task': `${item.task.project}/${item.task.id}`, tabindex: '-1' })
  const top = element('div')
  const output = new Output(item.run.id, () => { over = true; draw() })
  const toggle = element('button', { type: 'button', 'aria-expanded': 'false', onclick: () => (isOpen ? shut() : open()) })
  const kill = element('button', {
    type: 'button', class: 'danger', text: 'Kill', 'aria-label': `Kill: ${item.task.title}`,
    onclick: async (event) => {
      const { task } = item
      if (await sure('End this run?', `The agent on “${task.title}” is ended; what it has done stays. The task then waits for you.`, 'Kill')) {
        await act(event.target, () => ask(place(task, 'kill'), { confirm: true }))
      }
    },
  })
  const field = element('input', {
    name: 'text', autocomplete: 'off', maxlength: '20000', required: true,
    placeholder: 'Say something to the agent', 'aria-label': `Say something to the agent on: ${item.task.title}`,
  })
  const send = element('button', { text: 'Say' })
  const say = element('form', {
    class: 'say',
    onsubmit: async (event) => {
      event.preventDefault()
      const text = field.value.trim()
      if (!text) return
      // What is typed meanwhile is the next thing to say.
      field.value = ''
      field.focus()
      const isSaid = await act(send, () => ask(place(item.task, 'say'), { text }))
      if (!isSaid) field.value = [text, field.value].filter(Boolean).join(' ')
    },
  }, field, send)
  const actions = element('div', { class: 'actions' }, toggle, kill)
  root.append(top, actions)
  let [isOpen, over, shown] = [false, false, undefined]

  function open() {
    isOpen = true
    root.insertBefore(output.box, actions)
    if (item.task.backend === 'github' || item.task.backend === 'internal') root.insertBefore(say, actions)
    output.open()
    draw()
  }

  function shut() {
    isOpen = false
    output.close()
    output.box.remove()
    say.remove()
    if (over) {
      root.remove()
      running.cards.delete(item.key)
      running.empty.hidden = running.cards.size > 0
    } else draw()
  }

  function draw() {
    const { run, task } = item
    toggle.textContent = isOpen ? (over ? 'Close' : 'Hide output') : 'Show output'
    toggle.setAttribute('aria-label', `${toggle.textContent}: ${task.title}`)
    toggle.setAttribute('aria-expanded', String(isOpen))
    kill.hidden = over || !['github', 'internal'].includes(task.backend)
    if (over) say.remove()
    const now = [run, task, over]
    if (same(now, shown)) return
    shown = structuredClone(now)
    const since = time(run.started_at, (seconds) => `for ${span(Math.min(0, seconds))}`)
    const tokens = run.input_tokens + run.output_tokens
    const badge = over ? ['ended', ''] : run.state === 'publishing' ? ['publishing', 'tone-good'] : [run.kind === 'work' ? 'at work' : run.kind, 'tone-busy']
    top.replaceChildren(head(task, badge, run.agent && [run.agent, run.model].filter(Boolean).join(' '),
      over ? null : since, tokens ? `${grouped(tokens)} tokens` : null,
      run.cost_micro_dollars ? dollars(run.cost_micro_dollars) : null))
  }

  output.onclose = () => shut()
  return {
    root,
    keep: () => isOpen,
    gone: () => output.close(),
    show(newer) {
      item = newer
      draw()
    },
    open,
  }
}

// ---- Jobs and cost

// Said where there is a choice.
function whose(job) {
  return status.projects.length > 1 && status.projects.find((project) => project.directory === job.project)?.name
}

function jobRow() {
  const root = element('li', { tabindex: '-1' })
  return {
    root,
    show({ job }) {
      const next = !job.enabled ? 'off' : job.next_run ? time(job.next_run, (seconds) => (seconds < 0 ? 'due' : `in ${span(seconds)}`)) : 'never'
      const title = job.task?.title ?? job.command ?? ''
      root.className = job.enabled ? '' : 'off'
      root.replaceChildren(
        element('span', { class: 'name', text: job.id }), element('code', { text: job.schedule }),
        element('span', {}, next),
        element('span', { class: 'meta', text: [whose(job), title, job.last_task_status && `last: ${job.last_task_status}`].filter(Boolean).join(' · ') }))
    },
  }
}

function showCost(cost) {
  const cells = (sum) => [
    grouped(sum.runs), grouped(sum.input_tokens + sum.output_tokens),
    (sum.cost_micro_dollars === null ? 'unknown' : dollars(sum.cost_micro_dollars)) + (sum.unpriced_runs && sum.cost_micro_dollars !== null ? ' +' : ''),
  ]
  const line = (name, ...rest) => element('tr', {}, element('th', { scope: 'row', text: name }),
    ...rest.map((text) => element('td', { text })))
  const heads = ['Project and agent', 'Runs', 'Tokens', 'Cost'].map((text) => element('th', { scope: 'col', text }))
  const lines = cost.lines.map((one) => line(`${one.project}, ${one.agent}`, ...cells(one)))
  if (lines.length > 1) lines.push(line('All', ...cells(cost)))
  $('cost').replaceChildren(...(lines.length ? [element('thead', {}, element('tr', {}, ...heads)), element('tbody', {}, ...lines)] : []))
  $('cost-title').textContent = `Cost of ${cost.days} days`
  $('cost-empty').hidden = lines.length > 0
}

// ---- All of it

const needs = new List('needs', taskCard)
const running = new List('running', runCard)
const waiting = new List('waiting', taskCard)
const jobs = new List('jobs', jobRow)
let status = { projects: [], problems: [] }
let hasOpened = false

const agents = (project) => status.projects.find((one) => one.name === project)?.agents ?? []

function needsPerson(task) {
  return task.status === 'needs_review' || task.held || task.trusted === false
}

function showTasks(tasks, runs, reasons) {
  const live = new Set(runs.map((run) => `${run.project}/${run.task}`))
  const why = new Map(reasons.map((reason) => [`${reason.project}/${reason.id}`, reason]))
  const idle = tasks.map((task) => ({ key: `${task.project}/${task.id}`, task }))
    .filter((item) => !live.has(item.key)).map((item) => ({ ...item, why: why.get(item.key) }))
  const urgent = idle.filter((item) => needsPerson(item.task))
  needs.show(urgent)
  waiting.show(idle.filter((item) => !needsPerson(item.task)))
  running.show(runs.map((run) => ({
    key: `run ${run.id}`, run,
    task: { id: run.task, project: run.project, backend: run.backend, title: run.title, url: run.url },
  })))
  if (!hasOpened && running.cards.size === 1) [...running.cards.values()][0].open()
  hasOpened ||= running.cards.size > 0
  const parts = [
    urgent.length ? `${counted(urgent.length, 'task')} ${urgent.length === 1 ? 'needs' : 'need'} you` : null,
    `${runs.length || 'nothing'} running`,
    `${idle.length - urgent.length || 'nothing'}${tasks.length >= TASKS ? ' or more' : ''} waiting`,
    status.paused ? 'paused' : null,
  ]
  const summary = parts.filter(Boolean).join(', ')
  if ($('summary').textContent !== summary) $('summary').textContent = summary
  document.title = urgent.length ? `(${urgent.length}) orch` : 'orch'
}

let looking, again

// Looks at everything anew; whoever asks meanwhile gets a second look.
function refresh() {
  if (looking) {
    again ??= looking.catch(() => {}).then(() => {
      again = undefined
      return refresh()
    })
    return again
  }
  looking = look().finally(() => { looking = undefined })
  return looking
}

async function look() {
  const [newStatus, tasks, runs, reasons, timetable, cost] = await Promise.all(
    ['status', 'tasks', 'runs', 'waiting', 'jobs', 'cost'].map((name) => ask(`api/${name}`)))
  document.querySelectorAll('.alert[data-passing]').forEach((box) => box.remove())
  const trouble = newStatus.problems.filter((problem) => !status.problems.includes(problem))
  trouble.forEach((problem) => alarm(new Failure(400, problem, '`orch config check` says more')))
  status = newStatus
  showTasks(tasks, runs, reasons)
  jobs.show(timetable.map((job) => ({ key: `${job.project}/${job.id}`, job })))
  showCost(cost)
  $('pause').textContent = status.paused ? 'Resume' : 'Pause all'
  $('pause').hidden = $('sections').hidden = false
  $('new').hidden = status.projects.length === 0
  $('no-project').hidden = status.projects.length > 0 || status.problems.length > 0
}

$('pause').addEventListener('click', async (event) => {
  if (status.paused) return act(event.target, () => ask('api/resume', {}))
  if (await sure('Pause everything?', 'What runs goes on; nothing new is started until you resume.', 'Pause')) {
    await act(event.target, () => ask('api/pause', {}))
  }
})

$('new').addEventListener('click', async (event) => {
  const names = () => choices($('new-agent'), agents($('new-project').value), 'Whoever fits')
  const problem = $('new-problem')
  let [last, key, again] = [undefined, '', false]
  problem.textContent = ''
  for (;;) {
    const task = await dialog('new', () => {
      choices($('new-project'), status.projects.map((project) => project.name))
      names()
      $('new-project').onchange = names
    }, again)
    if (!task) return
    if (!task.agent) delete task.agent
    // Nobody knows whether what failed was heard: the same is sent under the same name, and done once.
    if (!same(task, last)) [last, key] = [task, randomName()]
    problem.textContent = ''
    const fail = (error) => {
      if (error.status === 401) alarm(error)
      else problem.replaceChildren(...words([error.message, error.fix].filter(Boolean).join(': ')))
    }
    const isDone = await act(event.target, () => ask('api/tasks', task, { 'idempotency-key': key }), fail)
    if (isDone || !problem.textContent) return
    again = true
  }
})

function signIn() {
  $('sign-in').hidden = false
  $('sections').hidden = $('pause').hidden = $('new').hidden = true
  $('summary').textContent = ''
  $('sign-in-problem').textContent = localStorage.getItem(TOKEN) ? 'This token is not the one.' : ''
  $('token').setAttribute('aria-invalid', String(Boolean(localStorage.getItem(TOKEN))))
  changes?.stop()
  changes = undefined
  $('token').focus()
}

$('sign-in').addEventListener('submit', (event) => {
  event.preventDefault()
  localStorage.setItem(TOKEN, $('token').value.trim())
  $('token').value = ''
  $('sign-in').hidden = true
  start()
})

let changes

function listen() {
  if (changes || document.hidden) return
  changes = new Events('api/events', {
    // Whatever happened while nobody listened is seen now.
    opened: () => refresh().catch(alarm),
    on: () => soon(),
    closed: (error) => {
      if (error) alarm(error)
      else if ($('summary').textContent !== 'Connecting …') $('summary').textContent = 'Connecting …'
    },
  })
}

let due

// Many changes at a time are one look.
function soon() {
  due ??= setTimeout(() => {
    due = undefined
    refresh().catch(alarm)
  }, 150)
}

async function start() {
  try {
    await refresh()
    listen()
  } catch (error) {
    alarm(error)
    if (error.status !== 401) setTimeout(start, 5000)
  }
}

// Jobs become due, and limits end, without anybody's doing.
setInterval(() => { if (changes) soon() }, 60_000)

// A page that nobody sees holds no connection.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    changes?.stop()
    changes = undefined
    outputs.forEach((output) => output.hush())
  } else if ($('sign-in').hidden) {
    listen()
    outputs.forEach((output) => output.listen())
  }
})

// A link may bring the token along, behind the #, which no server sees.
const brought = new URLSearchParams(location.hash.slice(1)).get('token')
if (brought) {
  localStorage.setItem(TOKEN, brought)
  history.replaceState(null, '', location.pathname)
}
start()
