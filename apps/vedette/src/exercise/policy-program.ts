/** A policy that is a program of the user's: started once a run, asked by a line of JSON, answers by one. */
import { type ChildProcess, spawn } from "node:child_process";
import { type Actions, type Policy, PolicyError, type Turn } from "@vedette/core/exercise/policy/policy";

export interface ProgramChoice {
  readonly command: readonly string[];
  readonly answerWithinS?: number;
}

const MOST_ERROR = 300;
/** An answer names each agent once: one that is longer is none. */
const MOST_ANSWER = 1_000_000;

export class ProgramPolicy implements Policy {
  readonly id = "program";
  readonly #child: ChildProcess;
  readonly #waitsMs: number;
  #said = "";
  /** What it wrote after its last whole line. */
  #rest = "";
  #answered: ((line: string) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;
  #fault: PolicyError | undefined;

  constructor({ command, answerWithinS = 10 }: ProgramChoice) {
    const [program = "", ...words] = command;
    this.#waitsMs = 1000 * answerWithinS;
    this.#child = started(program, words);
    this.#child.on("error", (error) => this.#fail(`cannot be started: ${error.message}`));
    this.#child.on("exit", (code, signal) =>
      this.#fail(`ended by itself (${signal ?? `exit code ${code}`})${this.#last}`),
    );
    this.#child.stdin?.on("error", () => {});
    this.#child.stderr?.on("data", (bytes: Buffer) => {
      this.#said = `${this.#said}${bytes}`.slice(-MOST_ERROR);
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#read(text));
  }

  #read(text: string): void {
    const lines = `${this.#rest}${text}`.split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#answered?.(line);
    if (this.#rest.length <= MOST_ANSWER) return;
    this.#fail(`wrote ${MOST_ANSWER} characters without the end of a line`);
    this.close();
  }

  get #last(): string {
    const last = this.#said.trim().split("\n").at(-1) ?? "";
    return last === "" ? "" : `: ${last}`;
  }

  #fail(what: string): void {
    this.#fault ??= new PolicyError(this.id, what);
    this.#failed?.(this.#fault);
  }

  async choose({ tMs, agents, areas, patterns, observations, masks }: Turn): Promise<Actions> {
    const line = await new Promise<string>((answered, failed) => {
      if (this.#fault !== undefined) throw this.#fault;
      const timer = setTimeout(() => this.#fail(`no answer within ${this.#waitsMs / 1000} s`), this.#waitsMs);
      this.#answered = (text) => {
        clearTimeout(timer);
        answered(text);
      };
      this.#failed = (error) => {
        clearTimeout(timer);
        failed(error);
      };
      const plain = (each: Readonly<Record<string, ArrayLike<number>>>): Record<string, number[]> =>
        Object.fromEntries(Object.entries(each).map(([name, values]) => [name, Array.from(values)]));
      const told = { observations: plain(observations), actionMasks: plain(masks) };
      const asked = { tMs, agents, areas, patterns, ...told };
      this.#child.stdin?.write(`${JSON.stringify(asked)}\n`);
    });
    return actionsIn(line);
  }

  /** Ends the program, whatever it is doing. */
  close(): void {
    this.#fault ??= new PolicyError(this.id, "was ended");
    this.#child.kill("SIGKILL");
  }
}

/** Words that no program can be started with are its own fault. */
function started(program: string, words: readonly string[]): ChildProcess {
  try {
    return spawn(program, words, { stdio: ["pipe", "pipe", "pipe"] });
  } catch (error) {
    throw new PolicyError("program", `cannot be started: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function actionsIn(line: string): Actions {
  try {
    const answer: unknown = JSON.parse(line);
    const { actions } = answer as { actions?: unknown };
    if (typeof actions === "object" && actions !== null) return actions as Actions;
  } catch {}
  throw new PolicyError("program", `expected a line such as {"actions":{"drones/1":2}}, found "${line.slice(0, 60)}"`);
}
