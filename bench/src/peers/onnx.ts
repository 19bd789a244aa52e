import { load } from "../../peers/load.js";
import { type Contestant, local } from "../harness/contestant.js";
import { MissingPeer } from "../harness/workload.js";

interface OrtTensor {
  readonly data: Float32Array;
}
interface Session {
  run(feeds: {
    readonly [name: string]: OrtTensor;
  }): Promise<{ readonly [name: string]: OrtTensor }>;
}
interface Ort {
  readonly Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: { readonly intraOpNumThreads: number; readonly interOpNumThreads: number },
    ): Promise<Session>;
  };
}

const NAME = "onnxruntime-node";

async function loadOrt(): Promise<Ort> {
  try {
    return (await load(NAME)) as Ort;
  } catch (error) {
    throw new MissingPeer(NAME, (error as Error).message.split("\n")[0]!);
  }
}

/** A model whose output is called y, run by the native ONNX Runtime with one thread. */
export const onnx =
  (
    model: Uint8Array,
    inputs: { readonly [name: string]: readonly [data: Float32Array, shape: readonly number[]] },
  ) =>
  async (): Promise<Contestant> => {
    const { Tensor, InferenceSession } = await loadOrt();
    const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
    const session = await InferenceSession.create(model, options);
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, [data, shape]]) => [
        name,
        new Tensor("float32", data, shape),
      ]),
    );
    let result: OrtTensor | undefined;
    return local(NAME, {
      async run() {
        result = (await session.run(feeds)).y;
      },
      output: () => result!.data,
    });
  };
