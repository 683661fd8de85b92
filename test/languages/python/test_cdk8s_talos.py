import unittest

from cdk8s import Testing
from cdk8s_talos import MachineConfig, MachineConfigPatch, TalosNode


class Cdk8sTalosTest(unittest.TestCase):
    def test_a_mistake_is_explained(self):
        with self.assertRaises(RuntimeError) as mistake:
            TalosNode(Testing.chart(), "node", replicas=0)
        self.assertEqual(str(mistake.exception), "'replicas' (0) must be a whole number of at least 1")

    def test_text_and_dicts_make_the_same_config(self):
        text = MachineConfig.from_yaml("machine: {type: worker, sysctls: {vm.swappiness: '1'}}\ncluster: {}")
        dicts = MachineConfig.from_documents([{"machine": {"type": "worker"}, "cluster": {}}])
        patched = dicts.patch(MachineConfigPatch.documents({"machine": {"sysctls": {"vm.swappiness": "1"}}}))
        self.assertEqual(patched.to_yaml(), text.to_yaml())

    def test_none_is_left_out(self):
        config = MachineConfig.from_documents([{"machine": {"type": "worker", "network": None}}])
        self.assertEqual(config.to_yaml(), MachineConfig.from_yaml("machine: {type: worker}").to_yaml())


if __name__ == "__main__":
    unittest.main()
