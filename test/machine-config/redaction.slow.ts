import { describeRedaction } from '../support/redaction';

describeRedaction('1.7');
describeRedaction('1.11');
describeRedaction('1.13');
