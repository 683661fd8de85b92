import { execFileSync, spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { Cni, MountStorage, NodeStorage, Preflight, TalosMount, TalosVersion, TalosWorkload } from '../../src';
import { preflightScript, PreflightScriptOptions } from '../../src/node/preflight-script';
import { SynthesizedControlPlane, SynthesizedWorkers } from '../support/control-planes';
import { synth } from '../support/talos-nodes';

/** The files of a made-up node, by their paths. */
type Files = { readonly [path: string]: string | undefined };

const MOUNTS = (line: string) => `22 21 0:21 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
${line}
`;

/** A node on which nothing is wrong. */
const FIT: Files = {
  'proc/sys/kernel/osrelease': '6.13.0\n',
  'proc/sys/fs/inotify/max_user_instances': '8192\n',
  'proc/sys/fs/inotify/max_user_watches': '122880\n',
  'proc/sys/net/bridge/bridge-nf-call-iptables': '1\n',
  'proc/filesystems': 'nodev\tsysfs\nnodev\toverlay\n\text4\n',
  'proc/self/mountinfo': MOUNTS(`23 21 0:22 / /sys ro,nosuid,nodev,noexec,relatime - sysfs sysfs rw
24 21 8:1 /volumes/var /var ro,relatime master:1 - ext4 /dev/sda1 rw,errors=continue`),
  'sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory hugetlb pids rdma misc\n',
};

/** A shell of this machine: the one that ordinary scripts have, and that of busybox where it is installed. */
const SHELLS: [program: string, args: string[]][] = [['sh', []], ['busybox', ['sh']]];
const INSTALLED = SHELLS.filter(([program, args]) => spawnSync(program, [...args, '-c', 'echo a b | grep -w b'], { encoding: 'utf8' }).stdout === 'a b\n');

/** A machine of Talos 1.14 with flannel. */
const BESIDE_TALOS: PreflightScriptOptions = { talosVersion: TalosVersion.of('v1.14.2'), flannel: true, volume: '/var', besideTalos: true };

/** Looks at this machine, and asks for more than any has. */
const OWN_FILES = preflightScript(BESIDE_TALOS).replace(/linux=[\d.]+/, 'linux=99.0').replace(/-ge \d+/g, '-ge 999999999');

/** Nodes that aren't quite like that, and how the findings begin. */
const CASES: [name: string, files: Files, findings: string[], options?: Partial<PreflightScriptOptions>][] = [
  ['a node on which nothing is wrong', {}, []],
  // the kernel
  ...['6.13.0', '6.13.0-rc3', '6.13-rc1', '6.18.44-fc-v595', '7.0.1', '10.1.0'].map((release): [string, Files, string[]] =>
    [`Linux ${release}`, { 'proc/sys/kernel/osrelease': `${release}\n` }, []]),
  ...['6.8.0-1015-gke', '5.15.0-105-generic', '6.12.0+', '6.12.0-55.9.1.el10_0.x86_64', '5.15.167.4-microsoft-standard-WSL2', '4.19.0-6.13']
    .map((release): [string, Files, string[]] => [
      `Linux ${release}`, { 'proc/sys/kernel/osrelease': `${release}\n` },
      [`problem: Linux ${release} is too old, Talos v1.14.2 needs 6.13 or newer: update the node's kernel, or use an older release of Talos`],
    ]),
  ['a kernel with a name of its own', { 'proc/sys/kernel/osrelease': 'my-kernel 6.18\n' },
    ['hint: the release of the kernel (my-kernel 6.18) can\'t be compared: Talos v1.14.2 needs Linux 6.13 or newer']],
  ['a kernel of one number', { 'proc/sys/kernel/osrelease': '6\n' }, ['hint: the release of the kernel (6) can\'t be compared']],
  ['no release of the kernel', { 'proc/sys/kernel/osrelease': undefined }, ['hint: the release of the kernel (missing) can\'t be compared']],
  ['an old kernel for an older release', { 'proc/sys/kernel/osrelease': '5.4.0\n' }, [], { talosVersion: TalosVersion.V1_13 }],
  ['a nameless kernel for an older release', { 'proc/sys/kernel/osrelease': undefined }, [], { talosVersion: TalosVersion.V1_7 }],

  // cgroups
  ['cgroup v1', { 'sys/fs/cgroup/cgroup.controllers': undefined, 'sys/fs/cgroup/memory/cgroup.procs': '' },
    ['problem: the node uses cgroup v1, or v1 beside v2']],
  ['cgroup v1 beside v2', {
    'sys/fs/cgroup/cgroup.controllers': undefined, 'sys/fs/cgroup/cpu/cgroup.procs': '', 'sys/fs/cgroup/unified/cgroup.controllers': '',
  }, ['problem: the node uses cgroup v1, or v1 beside v2, and Talos needs v2 alone: start the node with systemd.unified_cgroup_hierarchy=1']],
  ['no cgroups', { 'sys/fs/cgroup/cgroup.controllers': undefined }, ['problem: there is no cgroup v2 at /sys/fs/cgroup']],
  ['too few controllers', { 'sys/fs/cgroup/cgroup.controllers': 'cpu io pids\n' },
    ['problem: cgroup v2 lacks the controllers that the inner kubelet needs (cpuset, memory): enable them']],
  ['a controller whose name begins alike', { 'sys/fs/cgroup/cgroup.controllers': 'cpuset memory pids\n' },
    ['problem: cgroup v2 lacks the controllers that the inner kubelet needs (cpu)']],
  ['no controllers', { 'sys/fs/cgroup/cgroup.controllers': '\n' },
    ['problem: cgroup v2 lacks the controllers that the inner kubelet needs (cpu, cpuset, memory, pids)']],

  // overlays
  ['a kernel without overlays', { 'proc/filesystems': 'nodev\tsysfs\n\text4\n' }, ['problem: the kernel lacks the overlay file system']],
  ['unknown file systems', { 'proc/filesystems': undefined }, ['problem: the kernel lacks the overlay file system']],
  ...['ext4', 'xfs', 'btrfs', 'tmpfs'].map((type): [string, Files, string[]] =>
    [`/var on ${type}`, { 'proc/self/mountinfo': MOUNTS(`24 21 0:9 / /var rw - ${type} source rw`) }, []]),
  ...['overlay', 'nfs4', 'nfs', 'cifs'].map((type): [string, Files, string[]] => [
    `/var on ${type}`, { 'proc/self/mountinfo': MOUNTS(`24 21 0:9 / /var rw shared:3 master:1 - ${type} server:/a rw,lowerdir=/a:/b`) },
    [`problem: /var is on ${type}, where inner containers can't have overlays`],
  ]),
  ...['fuse.glusterfs', 'fuse', 'ceph', '9p', 'virtiofs'].map((type): [string, Files, string[]] => [
    `/var on ${type}`, { 'proc/self/mountinfo': MOUNTS(`24 21 0:9 / /var rw - ${type} source rw`) },
    [`hint: /var is on ${type}, and whether inner containers can have overlays there isn't known`],
  ]),
  ['a mount that hides another one', { 'proc/self/mountinfo': MOUNTS('24 21 0:9 / /var rw - nfs4 a:/ rw\n25 24 8:1 / /var rw - xfs /dev/sda1 rw') }, []],
  ['mounts below and beside /var', {
    'proc/self/mountinfo': MOUNTS('24 21 8:1 / /var rw - xfs /dev/sda1 rw\n25 24 0:9 / /var/lib rw - nfs a:/ rw\n26 21 0:9 / /variable rw - nfs a:/ rw'),
  }, []],
  ['nothing at /var', { 'proc/self/mountinfo': MOUNTS('') }, ['hint: nothing is mounted at /var']],
  ['unknown mounts', { 'proc/self/mountinfo': undefined }, ['hint: nothing is mounted at /var']],
  ['another name for the volume', { 'proc/self/mountinfo': MOUNTS('24 21 0:9 / /var rw - overlay overlay rw') },
    ['problem: an emptyDir volume is on overlay'], { volume: 'an emptyDir volume' }],

  // the network
  ['no br_netfilter for flannel', { 'proc/sys/net/bridge/bridge-nf-call-iptables': undefined },
    ['problem: the kernel module br_netfilter isn\'t loaded, without which flannel doesn\'t start: load it on the node (modprobe br_netfilter']],
  ['no br_netfilter for another CNI', { 'proc/sys/net/bridge/bridge-nf-call-iptables': undefined },
    ['hint: the kernel module br_netfilter isn\'t loaded, which a CNI with a bridge needs: load it'], { flannel: false }],

  // inotify
  ['few instances of inotify', { 'proc/sys/fs/inotify/max_user_instances': '128\n' },
    ['hint: fs.inotify.max_user_instances is 128: Talos sets it to 8192 for all pods of the node']],
  ['few watches of inotify', { 'proc/sys/fs/inotify/max_user_watches': '8192\n' }, ['hint: fs.inotify.max_user_watches is 8192, which']],
  ['no inotify', { 'proc/sys/fs/inotify/max_user_instances': undefined, 'proc/sys/fs/inotify/max_user_watches': undefined },
    ['hint: fs.inotify.max_user_instances is missing', 'hint: fs.inotify.max_user_watches is missing']],

  // sysfs
  ...['ro', 'ro,seclabel'].map((superblock): [string, Files, string[]] => [
    `sysfs that is ${superblock} for the whole pod`,
    { 'proc/self/mountinfo': `23 21 0:22 / /sys ro - sysfs sysfs ${superblock}\n24 21 8:1 / /var rw - ext4 /dev/sda1 rw\n` },
    ['hint: sysfs is read-only for Talos too'],
  ]),
  ['sysfs that is read-only without Talos beside', {
    'proc/self/mountinfo': '23 21 0:22 / /sys ro - sysfs sysfs ro\n24 21 8:1 / /var rw - ext4 /dev/sda1 rw\n',
  }, [], { besideTalos: false }],

  // all at once
  ['an empty node', Object.fromEntries(Object.keys(FIT).map((path) => [path, undefined])), [
    'problem: there is no cgroup v2', 'problem: the kernel lacks the overlay file system', 'problem: the kernel module br_netfilter',
    'hint: the release of the kernel (missing)', 'hint: nothing is mounted at /var', 'hint: fs.inotify.max_user_instances is missing',
    'hint: fs.inotify.max_user_watches is missing',
  ]],
  ['a node on which everything is wrong', {
    'proc/sys/kernel/osrelease': '6.12.0-55.9.1.el10_0.x86_64\n',
    'sys/fs/cgroup/cgroup.controllers': '\n',
    'proc/filesystems': '',
    'proc/self/mountinfo': '23 21 0:22 / /sys ro - sysfs sysfs ro\n24 21 8:1 / /var rw - overlay overlay rw\n',
    'proc/sys/net/bridge/bridge-nf-call-iptables': undefined,
    'proc/sys/fs/inotify/max_user_instances': '128\n',
    'proc/sys/fs/inotify/max_user_watches': '8192\n',
  }, [
    'problem: Linux 6.12.0', 'problem: cgroup v2 lacks', 'problem: the kernel lacks the overlay', 'problem: /var is on overlay', 'problem: the kernel module br_netf',
    'hint: fs.inotify.max_user_instances', 'hint: fs.inotify.max_user_watches', 'hint: sysfs is read-only',
  ]],
];

/** What Kubernetes keeps of a termination message. */
const LONGEST_MESSAGE = 4096;

/** How a check of a node ended. */
interface Result { readonly status: number; readonly stdout: string; readonly stderr: string; readonly message: string }

describe.each(INSTALLED)('in the shell %s', (program, args) => {
  const results: Result[] = [];

  // in one process, as a busy machine takes long to start many
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
    try {
      const scripts = [
        ...CASES.map(([, files, , options], index) => {
          const root = join(folder, `${index}`);
          for (const [path, content] of Object.entries({ ...FIT, ...files })) {
            mkdirSync(dirname(join(root, path)), { recursive: true });
            if (content !== undefined) {
              writeFileSync(join(root, path), content);
            }
          }
          return preflightScript({ ...BESIDE_TALOS, ...options }, { proc: join(root, 'proc'), sys: join(root, 'sys'), terminationLog: join(root, 'message') });
        }),
        OWN_FILES.replace('/dev/termination-log', join(folder, `${CASES.length}`, 'message')),
      ];
      mkdirSync(join(folder, `${CASES.length}`));
      writeFileSync(join(folder, 'all'), scripts.map((script, index) => `cd ${join(folder, `${index}`)}\n(\n${script}) > stdout 2> stderr\necho $? > status\n`).join(''));
      execFileSync(program, [...args, join(folder, 'all')], { env: { PATH: process.env.PATH, NODE_NAME: 'rack-1' } });
      scripts.forEach((_, index) => {
        const [status, stdout, stderr, message] = ['status', 'stdout', 'stderr', 'message'].map((name) => readFileSync(join(folder, `${index}`, name), 'utf8'));
        results.push({ status: Number(status), stdout, stderr, message });
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 300_000);

  test.each(CASES.map(([name, , findings, options], index) => ({ name, findings, options, index })))('$name', ({ findings, options, index }) => {
    const { status, stdout, stderr, message } = results[index];
    expect({ stderr, message }).toEqual({ stderr: '', message: stdout });
    expect(message.length).toBeLessThan(LONGEST_MESSAGE);
    const [verdict, ...found] = stdout.trim().split('\n');
    expect(found.map((finding, number) => finding.slice(0, findings[number]?.length))).toEqual(findings);
    const { talosVersion } = { ...BESIDE_TALOS, ...options };
    expect([status, verdict]).toEqual(findings.every((finding) => finding.startsWith('hint: '))
      ? [0, `rack-1 can host Talos ${talosVersion}`]
      : [1, `rack-1 can't host Talos ${talosVersion}`]);
  });

  // files below /proc answer otherwise than those of a disk
  const onLinux = existsSync('/proc/sys/fs/inotify/max_user_instances') ? test : test.skip;
  onLinux('this machine\'s own files are read as they are', () => {
    const own = (path: string) => readFileSync(path, 'utf8').trim();
    const { stdout, stderr } = results[CASES.length];
    expect(stderr).toBe('');
    expect(stdout).toContain(`Linux ${own('/proc/sys/kernel/osrelease')} is too old`);
    expect(stdout).toContain(`max_user_instances is ${own('/proc/sys/fs/inotify/max_user_instances')}:`);
    expect(stdout).toContain(`max_user_watches is ${own('/proc/sys/fs/inotify/max_user_watches')},`);
  });
});

test('the oldest kernel is that of the release', () => {
  expect(preflightScript({ talosVersion: TalosVersion.V1_14, flannel: true, volume: '/var', besideTalos: true })).toContain('linux=6.13\n');
  expect(TalosVersion.V1_14.conditions.join()).toContain('Linux 6.13');
});

describe('the init container', () => {
  const preflight = Preflight.initContainer();
  const [container] = synth({ preflight }).pod.spec.initContainers;

  test('is without any rights', () => {
    const { command, ...rest } = container;
    expect(command.slice(0, 3)).toEqual(['/bin/busybox', 'sh', '-c']);
    expect(rest).toEqual({
      name: 'preflight',
      image: 'public.ecr.aws/docker/library/busybox:1.37.0-musl',
      env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      volumeMounts: [{ name: 'data', mountPath: '/var', subPath: 'var', readOnly: true }],
    });
  });

  test('is in each kind of workload, and before all others', () => {
    for (const workload of Object.values(TalosWorkload)) {
      const { initContainers } = synth({ workload, preflight, initContainers: [{ name: 'mine', image: 'busybox:1.37' }] }).pod.spec;
      expect(initContainers.map(({ name }: any) => name)).toEqual(['preflight', 'mine']);
    }
  });

  test('isn\'t there by default', () => {
    expect(synth().pod.spec).not.toHaveProperty('initContainers');
  });

  test.each<[string, NodeStorage | undefined]>([
    ['the shared claim', undefined],
    ['an emptyDir volume', NodeStorage.ephemeral()],
    ['a claim of its own', NodeStorage.persistent().withMount(TalosMount.VAR, MountStorage.claim())],
  ])('mounts what Talos has at /var, but only for reading: %s', (_, storage) => {
    const { pod, talos } = synth({ preflight, storage });
    const mount = talos.volumeMounts.find(({ mountPath }: any) => mountPath === '/var');
    expect(pod.spec.initContainers[0].volumeMounts).toEqual([{ ...mount, readOnly: true }]);
  });

  test.each([TalosVersion.V1_7, TalosVersion.V1_13, TalosVersion.V1_14])('asks for what %s needs', (talosVersion) => {
    jest.spyOn(process, 'emitWarning').mockImplementation();
    const script = synth({ preflight, talosVersion }).pod.spec.initContainers[0].command[3];
    expect(script).toContain(`talos=${talosVersion} linux=${talosVersion === TalosVersion.V1_14 ? '6.13' : ''}\n`);
  });

  test('can have another image, which must be the name of one', () => {
    const image = 'registry.example.com/busybox:1.37';
    expect(synth({ preflight: Preflight.initContainer({ image }) }).pod.spec.initContainers[0].image).toBe(image);
    expect(() => Preflight.initContainer({ image: 'https://a' })).toThrow('\'image\' (https://a) is not the name of an image');
    expect(() => Preflight.initContainer({ flannel: 'no' as any })).toThrow('\'flannel\' is a string: give true or false');
  });

  test('takes its name', () => {
    expect(() => synth({ preflight, initContainers: [{ name: 'preflight', image: 'busybox:1.37' }] })).toThrow('has the name \'preflight\' twice');
  });

  test('of a control plane and its pools has the image of their tools, and knows their CNI', () => {
    const own = Preflight.initContainer({ image: 'example.com/own:1', flannel: true });
    const controlPlane = { preflight, toolImages: { busybox: 'example.com/busybox:1' }, cni: Cni.none() };
    const summary = ({ pod: { spec: { initContainers: [{ image, command }] } } }: SynthesizedControlPlane | SynthesizedWorkers) =>
      [image, /(\w+) "the kernel module br_netfilter/.exec(command[3])![1]];
    expect(summary(new SynthesizedControlPlane(controlPlane))).toEqual(['example.com/busybox:1', 'hint']);
    expect(summary(new SynthesizedWorkers({ preflight }, controlPlane))).toEqual(['example.com/busybox:1', 'hint']);
    expect(summary(new SynthesizedWorkers({ preflight: own }, controlPlane))).toEqual(['example.com/own:1', 'problem']);
    expect(summary(new SynthesizedControlPlane({ preflight, cni: Cni.flannel() }))[1]).toBe('problem');
    expect(summary(new SynthesizedControlPlane({ preflight }))[1]).toBe('problem');
  });
});
