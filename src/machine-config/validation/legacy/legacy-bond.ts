import { Check, Rule } from '../check/check';
import { Place } from '../check/place';

/** The values of a bond's options; the first is that of a field that isn't set. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  mode: ['balance-rr', 'active-backup', 'balance-xor', 'broadcast', '802.3ad', 'balance-tlb', 'balance-alb'],
  xmitHashPolicy: ['layer2', 'layer3+4', 'layer2+3', 'encap2+3', 'encap3+4'],
  lacpRate: ['slow', 'fast'],
  arpValidate: ['none', 'active', 'backup', 'all', 'filter', 'filter-active', 'filter-backup'],
  arpAllTargets: ['any', 'all'],
  primaryReselect: ['always', 'better', 'failure'],
  failOverMac: ['none', 'active', 'follow'],
  adSelect: ['stable', 'bandwidth', 'count'],
};

/** The options that only some modes support. */
const MODES_OF: Readonly<Record<string, readonly string[]>> = {
  lacpRate: ['802.3ad'],
  arpValidate: ['balance-rr', 'active-backup', 'balance-xor', 'broadcast'],
  primary: ['active-backup', 'balance-tlb', 'balance-alb'],
  arpInterval: ['balance-rr', 'active-backup', 'balance-xor', 'broadcast'],
  packetsPerSlave: ['balance-rr'],
  tlbDynamicLb: ['balance-tlb', 'balance-alb'],
  adActorSysPrio: ['802.3ad'],
  adUserPortKey: ['802.3ad'],
};

/** Refuses unknown values of options. */
export function refuseBadBondWords(bond: Place, check: Check): void {
  for (const [field, words] of Object.entries(WORDS)) {
    const option = bond.at(field);
    if (!option.isEmpty && !words.includes(option.text)) {
      check.error(option, `is ${option.shown}: use one of ${words.join(', ')}`);
    }
  }
}

/** The rules for a bond in `machine.network.interfaces`. */
export const BOND_RULES: readonly Rule[] = [validateDelays, refuseUnsupported, refuseOptionsOfOtherModes];

function validateDelays(bond: Place, check: Check): void {
  const interval = bond.at('miimon').number;
  for (const delay of [bond.at('updelay'), bond.at('downdelay')]) {
    if (interval === 0 && delay.number !== 0) {
      check.error(delay, 'needs \'miimon\': set it, or remove the delay');
    } else if (interval !== 0 && delay.number % interval !== 0) {
      check.error(delay, `is ${delay.number}: use a multiple of 'miimon', which is ${interval}`);
    }
  }
}

function refuseUnsupported(bond: Place, check: Check): void {
  for (const option of [bond.at('arpIPTarget'), bond.at('adActorSystem')]) {
    if (!option.isEmpty) {
      check.error(option, 'is not supported: remove it');
    }
  }
}

function refuseOptionsOfOtherModes(bond: Place, check: Check): void {
  const given = bond.at('mode').text;
  const mode = WORDS.mode.includes(given) ? given : WORDS.mode[0];
  for (const [field, modes] of Object.entries(MODES_OF)) {
    const option = bond.at(field);
    const isUsed = field === 'packetsPerSlave' ? option.number > 1 : !option.isEmpty;
    if (isUsed && !modes.includes(mode)) {
      check.error(option, `is not available in mode ${mode}, only in ${modes.join(', ')}`);
    }
  }
}
