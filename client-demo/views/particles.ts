/** Short-lived strokes and rings. They belong to the picture, not to the world: chance may be anything here. */
import type { Point } from "./view.ts";

interface Particle {
  readonly kind: "spark" | "ring" | "text";
  x: number;
  y: number;
  readonly vx: number;
  readonly vy: number;
  readonly colour: string;
  readonly size: number;
  readonly text: string;
  readonly lifeMs: number;
  ageMs: number;
}

export interface Burst {
  readonly at: Point;
  readonly colour: string;
  readonly count: number;
  /** Field units a second. */
  readonly speed: number;
  /** Where to, in radians, and how far to either side; all around when left out. */
  readonly heading?: number;
  readonly spread?: number;
  readonly lifeMs: number;
}

const MOST_PARTICLES = 400;
/** Sparks brake: two thirds of the speed is gone in this time. */
const BRAKE_MS = 140;

export class Particles {
  #all: Particle[] = [];

  burst({ at, colour, count, speed, heading = 0, spread = Math.PI, lifeMs }: Burst): void {
    for (let i = 0; i < count; i++) {
      const angle = heading + (Math.random() * 2 - 1) * spread;
      const pace = speed * (0.35 + 0.65 * Math.random());
      const life = lifeMs * (0.6 + 0.4 * Math.random());
      const velocity = { vx: Math.cos(angle) * pace, vy: Math.sin(angle) * pace };
      this.#add({ kind: "spark", x: at.x, y: at.y, ...velocity, colour, size: 2, text: "", lifeMs: life, ageMs: 0 });
    }
  }

  /** A circle that opens to `size`. */
  ring(at: Point, colour: string, size: number, lifeMs: number): void {
    this.#add({ kind: "ring", x: at.x, y: at.y, vx: 0, vy: 0, colour, size, text: "", lifeMs, ageMs: 0 });
  }

  /** A word that rises. */
  word(at: Point, colour: string, text: string, size: number): void {
    this.#add({ kind: "text", x: at.x, y: at.y, vx: 0, vy: -40, colour, size, text, lifeMs: 900, ageMs: 0 });
  }

  /** Ages all by `elapsed` milliseconds and draws what is left. */
  draw(brush: CanvasRenderingContext2D, elapsed: number, font: string): void {
    this.#all = this.#all.filter((particle) => particle.ageMs + elapsed < particle.lifeMs);
    brush.lineCap = "round";
    for (const particle of this.#all) {
      const brake = particle.kind === "spark" ? Math.exp(-particle.ageMs / BRAKE_MS) : 1;
      particle.ageMs += elapsed;
      particle.x += (particle.vx * brake * elapsed) / 1000;
      particle.y += (particle.vy * brake * elapsed) / 1000;
      drawParticle(brush, particle, brake, font);
    }
    brush.globalAlpha = 1;
  }

  #add(particle: Particle): void {
    if (this.#all.length < MOST_PARTICLES) this.#all.push(particle);
  }
}

function drawParticle(brush: CanvasRenderingContext2D, particle: Particle, brake: number, font: string): void {
  const age = particle.ageMs / particle.lifeMs;
  brush.globalAlpha = 1 - age * age;
  brush.strokeStyle = particle.colour;
  brush.fillStyle = particle.colour;
  if (particle.kind === "text") {
    brush.font = `700 ${particle.size}px ${font}`;
    brush.textAlign = "center";
    brush.fillText(particle.text, particle.x, particle.y);
    return;
  }
  brush.beginPath();
  if (particle.kind === "ring") {
    const eased = 1 - (1 - age) ** 3;
    brush.lineWidth = 0.5 + 3 * (1 - age);
    brush.arc(particle.x, particle.y, particle.size * eased, 0, 2 * Math.PI);
  } else {
    brush.lineWidth = particle.size * (1 - 0.6 * age);
    brush.moveTo(particle.x, particle.y);
    brush.lineTo(particle.x - particle.vx * brake * 0.022, particle.y - particle.vy * brake * 0.022);
  }
  brush.stroke();
}
