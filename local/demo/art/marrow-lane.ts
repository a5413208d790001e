import * as clinic from './motifs/clinic.ts'
import type { Picture } from './picture.ts'

const skin = { main: '#e5a683', shade: '#c9835f' }
const skinDeep = { main: '#a9714f', shade: '#825238' }

/** The clinic’s pictures, by file name. What an alt text says is what is drawn. */
export const marrowLanePictures = {
  'desk-height': {
    motif: clinic.desk,
    format: 'wide',
    colours: {
      back: '#d5e6e3',
      floor: '#a9ccc8',
      main: '#e0876a',
      shade: '#0f474d',
      light: '#f7f3ea',
      accent: '#17646b',
    },
    alt: 'A desk and a chair; an arrow marks the height of the table.',
  },
  'desk-height-two': {
    motif: clinic.desk,
    format: 'wide',
    colours: {
      back: '#f1e2d3',
      floor: '#d9bfa6',
      main: '#17646b',
      shade: '#4a2f22',
      light: '#fffaf2',
      accent: '#c9684a',
    },
    alt: 'A desk in a warm room, the screen at eye height.',
  },
  'stairs-down': {
    motif: clinic.stairs,
    format: 'square',
    colours: {
      back: '#d5e6e3',
      floor: '#7fb0ab',
      ...skin,
      shade: '#0f474d',
      light: '#f4f1ea',
      accent: '#d9714f',
    },
    alt: 'Someone climbing stairs, one hand towards the rail.',
  },
  'three-stairs': {
    motif: clinic.stairs,
    format: 'wide',
    colours: {
      back: '#f4e6d5',
      floor: '#d3a684',
      main: '#a9714f',
      shade: '#3b2a33',
      light: '#fffaf2',
      accent: '#17646b',
    },
    alt: 'Someone taking the third stair, knee bent.',
  },
  'knee-tape': {
    motif: clinic.knee,
    format: 'square',
    colours: { back: '#d5e6e3', floor: '#a9ccc8', ...skin, light: '#bfe0dc', accent: '#17646b' },
    alt: 'A knee with four bands of blue tape.',
  },
  'knee-clay': {
    motif: clinic.knee,
    format: 'wide',
    colours: { back: '#efe4d6', floor: '#d2bda6', ...skinDeep, light: '#ffe3d2', accent: '#d9714f' },
    alt: 'A knee from the side with bands of coral tape.',
  },
  'mat-class': {
    motif: clinic.mat,
    format: 'square',
    colours: {
      back: '#17646b',
      floor: '#0f474d',
      main: '#f1c7a5',
      shade: '#e8a87c',
      light: '#d9efe9',
      accent: '#7fb9b5',
    },
    alt: 'Someone stretching on a mat, arms forward.',
  },
  'mat-morning': {
    motif: clinic.mat,
    format: 'wide',
    colours: {
      back: '#f6ddc2',
      floor: '#e3bf9a',
      main: '#a9714f',
      shade: '#3e5c6e',
      light: '#fff1da',
      accent: '#d9714f',
    },
    alt: 'A slow stretch on a coral mat, morning light.',
  },
  'chair-we-like': {
    motif: clinic.chair,
    format: 'square',
    colours: {
      back: '#e5e2da',
      floor: '#c7c2b6',
      main: '#17646b',
      shade: '#26312f',
      light: '#8cc0bb',
      accent: '#d9714f',
    },
    alt: 'An office chair with a curved back.',
  },
  'spine-standing': {
    motif: clinic.spine,
    format: 'square',
    colours: { back: '#cfe1de', floor: '#a3c7c2', ...skin, light: '#fff7ec', accent: '#3b2a24' },
    alt: 'A back, seen from behind, with the spine drawn on it.',
  },
  'clinic-door': {
    motif: clinic.door,
    format: 'wide',
    colours: {
      back: '#c98f72',
      floor: '#8a8f8c',
      main: '#17646b',
      shade: '#a87358',
      light: '#f7f0e4',
      accent: '#e7c98f',
    },
    alt: 'The clinic’s blue door with a half-round window above.',
  },
  'clinic-door-grey': {
    motif: clinic.door,
    format: 'square',
    colours: {
      back: '#b9c3c4',
      floor: '#7e898b',
      main: '#7a3b2a',
      shade: '#94a0a2',
      light: '#f4f4f0',
      accent: '#d8b46a',
    },
    alt: 'A red door in a grey brick wall, a sign beside it.',
  },
  'running-shoe': {
    motif: clinic.shoe,
    format: 'wide',
    colours: {
      back: '#e8efe9',
      floor: '#b5664a',
      main: '#17646b',
      shade: '#0f474d',
      light: '#fffaf2',
      accent: '#e0a36b',
    },
    alt: 'A running shoe on a red track.',
  },
  'clinic-two-wheels': {
    motif: clinic.bicycleClinic,
    format: 'square',
    colours: {
      back: '#f0e7d8',
      floor: '#cdbfa9',
      main: '#e5a683',
      shade: '#26312f',
      light: '#17646b',
      accent: '#d9714f',
    },
    alt: 'Someone on a bicycle in the clinic, hip and knee in line.',
  },
} satisfies Record<string, Picture>
