import type { Command } from 'commander';
import { networkFacts } from '../../filters/own/notices';
import type { Perform } from '../context';
import { withEngine } from '../engineSession';
import { withOutputOptions } from '../options';
import type { OutputOptions } from '../output';
import { alignColumns } from '../textTable';

const examples = `
Examples:
    $ sidelight inspect-model depth.onnx
    $ sidelight filter own-network --target photo.jpg --output depth.png --set model=depth.onnx --set normalisation=imagenet

The model is loaded and run on a small picture in a process of its own. The range of the values it expects, their mean and
deviation and the order of the channels cannot be found out: set them as the model’s description says.`;

export function inspectModelCommand(program: Command, perform: Perform): void {
  const command = program
    .command('inspect-model')
    .description('try an ONNX model of yours and say what was found out about it')
    .argument('<file>', 'the model')
    .addHelpText('after', examples);
  withOutputOptions(command).action((file: string, options: OutputOptions) =>
    perform(options, (context) =>
      withEngine(context, 'cpu', async ({ files, engine }) => {
        const { fileId } = await files.openPath(file);
        const network = await engine.openModel({ fileId });
        context.output.result({ network }, () =>
          [network.name, ...alignColumns(networkFacts(network)).map((line) => `  ${line}`)].join('\n'),
        );
      }),
    ),
  );
}
