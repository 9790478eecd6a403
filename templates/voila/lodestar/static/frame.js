// The live page (Voila): charts in the outputs are drawn in as they appear.
import { watchFigures } from "./figures.js";

watchFigures();
