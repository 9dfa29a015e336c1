# The sun and four planets: positions after some steps and the energy, which should hardly change.
import math

DAYS = 365.24
SUN_MASS = 4 * math.pi**2


class Body:
    def __init__(self, name, position, velocity, mass):
        self.name = name
        self.position = list(position)
        self.velocity = [v * DAYS for v in velocity]
        self.mass = mass * SUN_MASS


class System:
    def __init__(self, bodies):
        self.bodies = bodies
        self.pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1 :]]
        sun = bodies[0]
        for axis in range(3):  # the whole system shall rest
            sun.velocity[axis] = -sum(b.velocity[axis] * b.mass for b in bodies[1:]) / sun.mass

    def advance(self, dt):
        for a, b in self.pairs:
            delta = [p - q for p, q in zip(a.position, b.position)]
            pull = dt / sum(d * d for d in delta) ** 1.5
            for axis, d in enumerate(delta):
                a.velocity[axis] -= d * b.mass * pull
                b.velocity[axis] += d * a.mass * pull
        for body in self.bodies:
            for axis in range(3):
                body.position[axis] += dt * body.velocity[axis]

    def energy(self):
        kinetic = sum(b.mass * sum(v * v for v in b.velocity) / 2 for b in self.bodies)
        potential = 0.0
        for a, b in self.pairs:
            distance = math.sqrt(sum((p - q) ** 2 for p, q in zip(a.position, b.position)))
            potential -= a.mass * b.mass / distance
        return kinetic + potential


system = System([
    Body("Sun", (0, 0, 0), (0, 0, 0), 1),
    Body("Jupiter", (4.84143144, -1.16032004, -0.10362204), (0.00166007, 0.00769901, -0.00006904), 0.00095479),
    Body("Saturn", (8.34336671, 4.12479856, -0.40352341), (-0.00276742, 0.00499852, 0.00002304), 0.00028588),
    Body("Uranus", (12.89436956, -15.11115140, -0.22330757), (0.00296460, 0.00237847, -0.00002965), 0.00004366),
    Body("Neptune", (15.37969711, -25.91931460, 0.17925877), (0.00268067, 0.00162824, -0.00009515), 0.00005151),
])
print(f"energy at the start {system.energy():.6f}")
for _ in range(500):
    system.advance(0.01)
print(f"energy at the end   {system.energy():.6f}")
for body in system.bodies:
    print(f"{body.name:8}", " ".join(f"{p:10.4f}" for p in body.position))
