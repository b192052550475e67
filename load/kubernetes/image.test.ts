import { expect, test } from 'vitest';
import { k6Image, pinnedImage, starterImage } from './image.ts';

const digest = `@sha256:${'0a'.repeat(32)}`;

test.each([
  k6Image,
  starterImage,
  'registry.example:5000/pruefstand:0.1.0',
  `registry.example/pruefstand${digest}`,
  `registry.example/pruefstand:0.1.0${digest}`,
])('%s is the same tomorrow', (image) => {
  expect(pinnedImage('k6-image', image)).toBe(image);
});

test.each([
  '',
  'grafana/k6',
  'grafana/k6:latest',
  'ghcr.io/grafana/k6-operator:latest-starter',
  'registry.example:5000/pruefstand',
  'pruefstand:0.1 0',
  'pruefstand@sha256:12',
])('%j may be another one tomorrow and is refused', (image) => {
  expect(() => pinnedImage('k6-image', image)).toThrow(/^--k6-image must name a version/);
});
