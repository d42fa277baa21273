import fs from 'node:fs';
import path from 'node:path';

/** Where stages.mjs listens: a pipe that only vitest's own process has. */
const TO_STAGE = 3;

/**
 * Tells the stage that runs vitest which file is at what, as lines of JSON (see `Heard` in progress.mjs).
 * @implements {import('vitest/node').Reporter}
 */
export default class ProgressReporter {
  #tell(what, module, test = '', mayTakeMs = 0) {
    const file = path.relative(process.cwd(), module.moduleId).replaceAll(path.sep, '/');
    fs.writeSync(TO_STAGE, `${JSON.stringify({ what, file, test, mayTakeMs })}\n`);
  }
  onTestModuleQueued(module) {
    this.#tell('file', module);
  }
  onTestModuleStart(module) {
    this.#tell('said', module);
  }
  onTestCaseReady(test) {
    this.#tell('said', test.module, test.fullName, test.options.timeout ?? 0);
  }
  onTestCaseResult(test) {
    this.#tell('said', test.module);
  }
  onHookStart({ name, entity }) {
    this.#tell(
      'said',
      moduleOf(entity),
      `${name}${entity.type === 'module' ? '' : ` of ${entity.fullName}`}`,
    );
  }
  onHookEnd({ entity }) {
    this.#tell('said', moduleOf(entity), entity.type === 'test' ? entity.fullName : '');
  }
  onTestModuleEnd(module) {
    this.#tell('ended', module);
  }
}

const moduleOf = (entity) => (entity.type === 'module' ? entity : entity.module);
