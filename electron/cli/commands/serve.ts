import type { Command } from 'commander';
import { runBrowserShell } from '../../shell/browser/run';
import type { Perform } from '../context';
import { numberIn } from '../options';

interface ServeOptions {
  readonly port?: number;
  readonly open: boolean;
}

const examples = `
Examples:
  The application in the browser, with a pair open:
    $ sidelight serve depth.png photo.jpg
  Only print the address:
    $ sidelight serve --no-open

It listens on this machine only; the address holds a token made for this run. Ctrl-C ends it.`;

export function serveCommand(program: Command, perform: Perform): void {
  program
    .command('serve')
    .description('the application in a browser window')
    .argument('[files...]', 'files to open at once')
    .option(
      '--port <number>',
      'port on this machine; a free one when left out',
      numberIn('--port', { min: 0, max: 65535 }, true),
    )
    .option('--no-open', 'print the address, open no window')
    .addHelpText('after', examples)
    .action((files: string[], options: ServeOptions) =>
      perform({}, ({ output }) =>
        runBrowserShell({
          ...(options.port === undefined ? {} : { port: options.port }),
          files,
          open: options.open,
          print: (line) => output.line(line),
        }),
      ),
    );
}
