/** What Kysely knows of schema `vertical_tire`. */
export type TireTables = {
  cure_recipe: {
    id: string;
    organization: string;
    code: string;
    name: string;
    activation_energy: number;
    reference: number;
    target_low: number;
    target_high: number;
    blow_point: number;
    reversion: number;
    cure_time: number;
    mould_temperature: number;
    minimum_pressure: number;
    gauge: number;
    diffusivity: number;
    created_at: Date;
  };
  uniformity_limit: {
    id: string;
    organization: string;
    code: string;
    grade: 'A' | 'B' | 'C';
    radial_force_variation: number;
    radial_first_harmonic: number;
    lateral_force_variation: number;
    conicity: number;
    created_at: Date;
  };
};
