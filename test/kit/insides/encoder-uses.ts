/** The uses of @colyseus/schema's encoder by our ports. */
import { SchemaSerializer } from "@colyseus/core";
import { Decoder, Encoder } from "@colyseus/schema";
import { expect, vi } from "vitest";
import { TO_ROOT } from "../../../server/colyseus/envelope.ts";
import { prepareGlobals } from "../../../server/colyseus/globals.ts";
import { growQuietly, RefIds } from "../../../server/colyseus/schema-encoder.ts";
import { Board, createBoard, Point } from "./board.ts";
import { rename, replace, type Use } from "./use.ts";

export const ENCODER_USES: readonly Use[] = [
  {
    name: "nextUniqueId of an encoder's root, where its objects' numbers come from",
    port: "schema-encoder.ts",
    check() {
      const ids = new RefIds();
      const encoders = [createBoard(), createBoard()].map((board) => {
        const encoder = new Encoder(board);
        ids.adopt(encoder);
        return { board, encoder };
      });
      const numbers = encoders.map(({ board, encoder }) => {
        board.point = new Point({ x: 3 });
        encoder.encode();
        return (board.point as unknown as Record<symbol, number>)[
          Object.getOwnPropertySymbols(board.point).find(({ description = "" }) => /refId/i.test(description))!
        ];
      });
      expect(new Set(numbers).size, `no number twice: ${numbers}`).toBe(2);
      expect(Math.min(...(numbers as number[]))).toBeGreaterThan(0);
    },
    doctor: () => replace(RefIds.prototype, "adopt", () => (() => {}) as never),
  },
  {
    name: "_resizeBuffer and sharedBuffer of an encoder",
    port: "schema-encoder.ts",
    check() {
      const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
      try {
        const board = createBoard();
        const encoder = new Encoder(board);
        growQuietly(encoder);
        board.text = "x".repeat(3 * Encoder.BUFFER_SIZE);
        expect(encoder.encodeAll().length).toBeGreaterThan(3 * Encoder.BUFFER_SIZE);
        const { sharedBuffer } = encoder as unknown as { readonly sharedBuffer: Uint8Array };
        expect(sharedBuffer.length, "it goes on with the larger one").toBeGreaterThan(3 * Encoder.BUFFER_SIZE);
        expect(warn).not.toHaveBeenCalled();
      } finally {
        warn.mockRestore();
      }
    },
    doctor: () => rename(Encoder.prototype, "_resizeBuffer"),
  },
  {
    name: "the bytes by which a decoder goes back to the state itself",
    port: "envelope.ts",
    check() {
      const board = createBoard();
      const encoder = new Encoder(board);
      const decoder = new Decoder(new Board());
      decoder.decode(encoder.encodeAll().slice());
      encoder.discardChanges();
      const change = (write: () => void): Uint8Array => {
        write();
        const bytes = encoder.encode().slice();
        encoder.discardChanges();
        return bytes;
      };
      const inside = change(() => {
        board.point.x = 7;
      });
      const outside = change(() => {
        board.n = 9;
      });
      decoder.decode(Buffer.concat([inside, TO_ROOT, outside]));
      expect([decoder.state.point.x, decoder.state.n]).toEqual([7, 9]);
    },
    doctor: () => {
      const [code] = TO_ROOT;
      TO_ROOT[0] = 254;
      return () => {
        TO_ROOT[0] = code!;
      };
    },
  },
  {
    name: "Encoder.BUFFER_SIZE and the global WebSocket",
    port: "globals.ts",
    check() {
      prepareGlobals();
      const serializer = new SchemaSerializer();
      serializer.reset(createBoard() as never);
      const { encoder } = serializer as unknown as { readonly encoder: { readonly sharedBuffer: Uint8Array } };
      expect(encoder.sharedBuffer.length).toBe(64 * 1024);
      expect(typeof WebSocket).toBe("function");
    },
    doctor: () => {
      const stock = SchemaSerializer.prototype.reset;
      SchemaSerializer.prototype.reset = function (this: unknown) {
        (this as { encoder: unknown }).encoder = { sharedBuffer: new Uint8Array(8192) };
      };
      return () => {
        SchemaSerializer.prototype.reset = stock;
      };
    },
  },
];
