package org.example;

import io.github.cdk8stalos.MachineConfigPatch;
import io.github.cdk8stalos.talos.Documents;
import io.github.cdk8stalos.talos.block.DiskSelector;
import io.github.cdk8stalos.talos.block.FilesystemSpec;
import io.github.cdk8stalos.talos.block.ProvisioningSpec;
import io.github.cdk8stalos.talos.block.UserVolumeConfig;
import io.github.cdk8stalos.talos.cri.RegistryEndpoint;
import io.github.cdk8stalos.talos.cri.RegistryMirrorConfig;
import io.github.cdk8stalos.talos.k8s.KubeAuthenticationConfig;
import io.github.cdk8stalos.talos.k8s.KubeNodeConfig;
import io.github.cdk8stalos.talos.k8s.KubeletConfig;
import io.github.cdk8stalos.talos.network.AddressConfig;
import io.github.cdk8stalos.talos.network.HostnameConfig;
import io.github.cdk8stalos.talos.network.LinkConfig;
import io.github.cdk8stalos.talos.network.NameserverConfig;
import io.github.cdk8stalos.talos.network.ResolverConfig;
import io.github.cdk8stalos.talos.network.RouteConfig;
import io.github.cdk8stalos.talos.network.SearchDomainsConfig;
import java.util.List;
import java.util.Map;

public class TypedPatches {
    /** Users of the Kubernetes API sign in by OpenID Connect. */
    public static MachineConfigPatch openIdConnect() {
        return MachineConfigPatch.of(Documents.builder()
            .kubeAuthenticationConfig(KubeAuthenticationConfig.builder()
                .configuration(Map.of(
                    "apiVersion", "apiserver.config.k8s.io/v1",
                    "kind", "AuthenticationConfiguration",
                    "jwt", List.of(Map.of(
                        "issuer", Map.of("url", "https://id.example.org/realms/acme", "audiences", List.of("kubernetes")),
                        "claimMappings", Map.of(
                            "username", Map.of("claim", "email", "prefix", ""),
                            "groups", Map.of("claim", "groups", "prefix", "oidc:"))))))
                .build())
            .build());
    }

    /** Images of docker.io come from a mirror alone. */
    public static MachineConfigPatch registryMirror() {
        return MachineConfigPatch.of(Documents.builder()
            .registryMirrorConfig(List.of(RegistryMirrorConfig.builder()
                .name("docker.io")
                .endpoints(List.of(RegistryEndpoint.builder().url("https://mirror.example.org/v2/docker.io").overridePath(true).build()))
                .skipFallback(true)
                .build()))
            .build());
    }

    public static MachineConfigPatch kubelet() {
        return MachineConfigPatch.of(Documents.builder()
            .kubeletConfig(KubeletConfig.builder()
                .clusterDns(List.of("10.96.0.10"))
                .extraArgs(Map.of(
                    "max-pods", "200",
                    "feature-gates", List.of("GracefulNodeShutdown=true", "SidecarContainers=true")))
                .config(Map.of("shutdownGracePeriod", "60s", "systemReserved", Map.of("memory", "512Mi")))
                .build())
            .kubeNodeConfig(KubeNodeConfig.builder().labels(Map.of("topology.kubernetes.io/zone", "a")).build())
            .build());
    }

    /** Volumes on the disks of a machine outside of the hosting cluster. */
    public static MachineConfigPatch userVolumes() {
        return MachineConfigPatch.of(Documents.builder()
            .userVolumeConfig(List.of(
                UserVolumeConfig.builder()
                    .name("data")
                    .provisioning(ProvisioningSpec.builder()
                        .diskSelector(DiskSelector.builder().match("disk.transport == \"nvme\"").build())
                        .minSize("100GiB")
                        .grow(true)
                        .build())
                    .filesystem(FilesystemSpec.builder().type("xfs").build())
                    .build(),
                UserVolumeConfig.builder().name("scratch").volumeType("directory").build()))
            .build());
    }

    public static MachineConfigPatch network() {
        return MachineConfigPatch.of(Documents.builder()
            .hostnameConfig(HostnameConfig.builder().hostname("edge-1").auto("off").build())
            .linkConfig(List.of(LinkConfig.builder()
                .name("eth0")
                .mtu(9000)
                .addresses(List.of(AddressConfig.builder().address("10.0.0.5/24").build()))
                .routes(List.of(RouteConfig.builder().gateway("10.0.0.1").build()))
                .build()))
            .resolverConfig(ResolverConfig.builder()
                .nameservers(List.of(NameserverConfig.builder().address("10.0.0.1").build()))
                .searchDomains(SearchDomainsConfig.builder().domains(List.of("example.org")).build())
                .build())
            .build());
    }
}
