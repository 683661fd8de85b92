import unittest
from pathlib import Path

from cdk8s import Testing
from cdk8s_talos import AddressPlan, MachineConfig, MachineConfigPatch, ReadinessJobOptions, TalosCluster, TalosNode, TalosVersion
from keyless_clusters import keyless_clusters
import typed_patches as typed


class Cdk8sTalosTest(unittest.TestCase):
    def test_a_mistake_is_explained(self):
        with self.assertRaises(RuntimeError) as mistake:
            TalosNode(Testing.chart(), "node", replicas=-1)
        self.assertEqual(str(mistake.exception), "test/node: 'replicas' (-1) must be a whole number of at least 0 [talos:invalid-value]")

    def test_text_and_dicts_make_the_same_config(self):
        text = MachineConfig.from_yaml("machine: {type: worker, sysctls: {vm.swappiness: '1'}}\ncluster: {}")
        dicts = MachineConfig.from_documents([{"machine": {"type": "worker"}, "cluster": {}}])
        patched = dicts.patch(MachineConfigPatch.from_documents({"machine": {"sysctls": {"vm.swappiness": "1"}}}))
        self.assertEqual(patched.to_yaml(), text.to_yaml())

    def test_none_is_left_out(self):
        config = MachineConfig.from_documents([{"machine": {"type": "worker", "network": None}}])
        self.assertEqual(config.to_yaml(), MachineConfig.from_yaml("machine: {type: worker}").to_yaml())

    def test_a_whole_cluster_is_one_call(self):
        chart = Testing.chart()
        cluster = TalosCluster.ephemeral(chart, "cluster", cluster_name="ci-42", workers=2, readiness_job=ReadinessJobOptions())
        kinds = [manifest["kind"] for manifest in Testing.synth(chart)]
        self.assertEqual([kinds.count(kind) for kind in ["Namespace", "StatefulSet", "Job"]], [1, 2, 1])
        self.assertEqual([pool.replicas for pool in cluster.worker_pools], [2])
        self.assertEqual(AddressPlan.of().allocate("acme", 1).pod_subnets, ["10.192.64.0/18"])

    def test_typed_patches_make_the_same_config_as_in_typescript(self):
        worker = MachineConfig.from_yaml("machine: {type: worker}", talos_version=TalosVersion.of("v1.14"))
        patched = worker.patch(typed.open_id_connect, typed.registry_mirror, typed.kubelet, typed.user_volumes, typed.network_of_the_machine)
        self.assertEqual(patched.to_yaml(), Path("typed-patches.yaml").read_text())

    def test_keyless_clusters_are_those_of_typescript(self):
        self.assertEqual(keyless_clusters(), Path("keyless-clusters.yaml").read_text())

    def test_a_mistake_in_a_typed_patch_is_explained(self):
        with self.assertRaisesRegex(TypeError, "unexpected keyword argument 'kubelett'"):
            MachineConfigPatch.of(machine={"kubelett": {}})
        with self.assertRaisesRegex(RuntimeError, "'documents' has no document: give at least one"):
            MachineConfigPatch.of()


if __name__ == "__main__":
    unittest.main()
