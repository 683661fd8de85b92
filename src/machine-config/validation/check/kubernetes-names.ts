import { Check } from './check';
import { Place } from './place';
import { annotationsSize, isLabelValue, isQualifiedName, LARGEST_ANNOTATIONS } from '../../../kubernetes/names';
import { TaintEffect } from '../../../kubernetes/scheduling';

const RESERVED_ANNOTATIONS = ['talos.dev/owned-labels', 'talos.dev/owned-annotations', 'talos.dev/owned-taints'];
const TAINT_EFFECTS: string[] = Object.values(TaintEffect);

/** Refuses keys and values that aren't Kubernetes labels. */
export function refuseBadLabels(labels: Place, check: Check): void {
  for (const [key, value] of labels.entries) {
    refuseBadKey(key, value, check);
    refuseBadLabelValue(value.text, value, check);
  }
}

/** Refuses keys that aren't Kubernetes annotations, and Talos's own annotations. */
export function refuseBadAnnotations(annotations: Place, check: Check): void {
  for (const [key, value] of annotations.entries) {
    refuseBadKey(key, value, check);
    if (RESERVED_ANNOTATIONS.includes(key)) {
      check.error(value, 'is an annotation that Talos sets itself: use another name');
    }
  }
  const size = annotationsSize(annotations.entries.map(([key, value]) => [key, value.text]));
  if (size > LARGEST_ANNOTATIONS) {
    check.error(annotations, `have ${size} bytes: Kubernetes allows ${LARGEST_ANNOTATIONS}`);
  }
}

/** Refuses values that aren't taints such as `NoSchedule` or `value:NoSchedule`. */
export function refuseBadTaints(taints: Place, check: Check): void {
  for (const [key, taint] of taints.entries) {
    const separator = taint.text.indexOf(':');
    const effect = taint.text.slice(separator + 1);
    if (!refuseBadKey(key, taint, check)) {
      continue;
    }
    if (!TAINT_EFFECTS.includes(effect)) {
      check.error(taint, `is ${taint.shown}: use an effect (${TAINT_EFFECTS.join(', ')}) or value:effect`);
    } else if (separator >= 0) {
      refuseBadLabelValue(taint.text.slice(0, separator), taint, check);
    }
  }
}

function refuseBadKey(key: string, place: Place, check: Check): boolean {
  if (isQualifiedName(key)) {
    return true;
  }
  check.error(place, 'has an invalid name: use letters, digits, \'-\', \'_\' and \'.\', up to 63 of them, after an optional domain and \'/\'');
  return false;
}

function refuseBadLabelValue(text: string, place: Place, check: Check): void {
  if (!isLabelValue(text)) {
    check.error(place, `is ${place.shown}: use letters, digits, '-', '_' and '.', up to 63 of them, with a letter or digit at both ends`);
  }
}
