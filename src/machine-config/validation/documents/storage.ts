import { bytesOf, isPercentageSize } from './volumes';
import { expressionProblem } from '../../expressions/expression-problem';

import { Check, DocumentRules, Rule } from '../check/check';
import { Place } from '../check/place';

/** The rules for LVM and RAID. */
export const STORAGE_RULES: DocumentRules = {
  LVMLogicalVolumeConfig: [requireStorageName(63), validateLayout, validateLogicalVolumeSize],
  LVMVolumeGroupConfig: [requireStorageName(63), validateVolumeSelector],
  RAIDArrayConfig: [requireStorageName(32), validateVolumeSelector],
};

function requireStorageName(longest: number): Rule {
  return (document, check) => {
    const name = document.at('name');
    check.requires(name, 'give the document a unique name');
    if (Buffer.byteLength(name.text) > longest) {
      check.error(name, `is ${name.shown}: use at most ${longest} characters`);
    }
    if (!/^[A-Za-z0-9_-]*$/.test(name.text)) {
      check.error(name, `is ${name.shown}: use letters, digits, '-' and '_'`);
    }
  };
}

function validateVolumeSelector(document: Place, check: Check): void {
  const match = document.at('provisioning.volumeSelector.match');
  const problem = check.requires(match, 'give an expression that selects the volumes') && expressionProblem(match.text, 'volume', check.release);
  if (problem) {
    check.error(match, problem);
  }
}

/** The options of a layout: the types that have them, and the least value. */
const LAYOUT_OPTIONS = {
  mirrors: { types: ['raid1', 'raid10'], least: 1 },
  stripes: { types: ['raid0', 'raid10'], least: 2 },
} as const;

function validateLayout(document: Place, check: Check): void {
  const type = document.at('type').text || 'linear';
  for (const [field, { types, least }] of Object.entries(LAYOUT_OPTIONS)) {
    const option = document.at(field);
    if (!option.isSet) {
      continue;
    }
    if (!(types as readonly string[]).includes(type)) {
      check.error(option, `is only available for ${types.join(' and ')}, not for ${type}`);
    } else if (option.number < least) {
      check.error(option, `is ${option.number}: use at least ${least}`);
    }
  }
}

function validateLogicalVolumeSize(document: Place, check: Check): void {
  const provisioning = document.at('provisioning');
  const [least, most] = [provisioning.at('minSize'), provisioning.at('maxSize')];
  check.requires(provisioning.at('volumeGroup'), 'give the name of the volume group');
  check.requires(most, 'give the size, such as 10GiB or 80%');
  if (most.text.startsWith('-')) {
    check.error(most, `is ${most.shown}: it can't be negative`);
  }
  if (!least.isEmpty && !isPercentageSize(most) && bytesOf(least) > bytesOf(most)) {
    check.error(least, `is ${least.shown}, which is more than 'maxSize'`);
  }
}
