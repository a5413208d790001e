export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      advisor_feedback: {
        Row: {
          brand_id: string
          category: string
          created_at: string
          feedback: string
          given_by: string | null
          id: string
          insight_id: string
          new_weight: number
          previous_weight: number
          tenant_id: string
          type: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          category: string
          created_at?: string
          feedback: string
          given_by?: string | null
          id?: string
          insight_id: string
          new_weight?: number
          previous_weight?: number
          tenant_id?: string
          type: string
        }
        Update: {
          brand_id?: string
          category?: string
          created_at?: string
          feedback?: string
          given_by?: string | null
          id?: string
          insight_id?: string
          new_weight?: number
          previous_weight?: number
          tenant_id?: string
          type?: string
        }
        Relationships: [
          {
            foreignKeyName: 'advisor_feedback_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
        ]
      }
      analytics_daily: {
        Row: {
          brand_id: string
          clicks: number | null
          computed_at: string
          connection_id: string | null
          date: string
          engagement: number | null
          followers: number | null
          id: string
          impressions: number | null
          platform: string
          posts: number
          reach: number | null
          tenant_id: string
          video_views: number | null
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          clicks?: number | null
          computed_at?: string
          connection_id?: string | null
          date: string
          engagement?: number | null
          followers?: number | null
          id?: string
          impressions?: number | null
          platform: string
          posts?: number
          reach?: number | null
          tenant_id: string
          video_views?: number | null
        }
        Update: {
          brand_id?: string
          clicks?: number | null
          computed_at?: string
          connection_id?: string | null
          date?: string
          engagement?: number | null
          followers?: number | null
          id?: string
          impressions?: number | null
          platform?: string
          posts?: number
          reach?: number | null
          tenant_id?: string
          video_views?: number | null
        }
        Relationships: [
          {
            foreignKeyName: 'analytics_daily_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
          {
            foreignKeyName: 'analytics_daily_connection_id_brand_id_fkey'
            columns: ['connection_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'connections'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      analytics_goals: {
        Row: {
          brand_id: string
          created_at: string
          created_by: string | null
          current: number
          deadline: string
          id: string
          metric: string
          notes: string | null
          status: string
          target: number
          tenant_id: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          created_at?: string
          created_by?: string | null
          current?: number
          deadline: string
          id?: string
          metric: string
          notes?: string | null
          status?: string
          target: number
          tenant_id?: string
          updated_at?: string
        }
        Update: {
          brand_id?: string
          created_at?: string
          created_by?: string | null
          current?: number
          deadline?: string
          id?: string
          metric?: string
          notes?: string | null
          status?: string
          target?: number
          tenant_id?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'analytics_goals_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
        ]
      }
      analytics_metrics: {
        Row: {
          brand_id: string
          connection_id: string | null
          created_at: string
          date: string
          fetched_at: string
          id: string
          metadata: NonNullable<Json>
          metrics: NonNullable<Json>
          platform: string
          post_id: string | null
          source: string
          tenant_id: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          connection_id?: string | null
          created_at?: string
          date: string
          fetched_at?: string
          id?: string
          metadata?: NonNullable<Json>
          metrics?: NonNullable<Json>
          platform: string
          post_id?: string | null
          source?: string
          tenant_id: string
          updated_at?: string
        }
        Update: {
          brand_id?: string
          connection_id?: string | null
          created_at?: string
          date?: string
          fetched_at?: string
          id?: string
          metadata?: NonNullable<Json>
          metrics?: NonNullable<Json>
          platform?: string
          post_id?: string | null
          source?: string
          tenant_id?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'analytics_metrics_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
          {
            foreignKeyName: 'analytics_metrics_connection_id_brand_id_fkey'
            columns: ['connection_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'connections'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      analytics_sync_logs: {
        Row: {
          brand_id: string
          completed_at: string | null
          connection_id: string | null
          created_at: string
          duration_ms: number | null
          error_message: string | null
          id: string
          items_failed: number
          items_synced: number
          platform: string
          started_at: string
          status: string
          sync_type: string
          tenant_id: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          completed_at?: string | null
          connection_id?: string | null
          created_at?: string
          duration_ms?: number | null
          error_message?: string | null
          id?: string
          items_failed?: number
          items_synced?: number
          platform: string
          started_at?: string
          status?: string
          sync_type: string
          tenant_id: string
        }
        Update: {
          brand_id?: string
          completed_at?: string | null
          connection_id?: string | null
          created_at?: string
          duration_ms?: number | null
          error_message?: string | null
          id?: string
          items_failed?: number
          items_synced?: number
          platform?: string
          started_at?: string
          status?: string
          sync_type?: string
          tenant_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'analytics_sync_logs_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
          {
            foreignKeyName: 'analytics_sync_logs_connection_id_brand_id_fkey'
            columns: ['connection_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'connections'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      approval_requests: {
        Row: {
          assigned_to: string | null
          audience: string
          brand_id: string
          created_at: string
          deadline: string | null
          id: string
          instance_id: string
          opened_at: string | null
          post_id: string
          priority: string
          requested_by: string | null
          status: string
          step: number
          updated_at: string
          version: number
        }
        ComputedFields: never
        Insert: {
          assigned_to?: string | null
          audience: string
          brand_id: string
          created_at?: string
          deadline?: string | null
          id?: string
          instance_id: string
          opened_at?: string | null
          post_id: string
          priority?: string
          requested_by?: string | null
          status?: string
          step: number
          updated_at?: string
          version: number
        }
        Update: {
          assigned_to?: string | null
          audience?: string
          brand_id?: string
          created_at?: string
          deadline?: string | null
          id?: string
          instance_id?: string
          opened_at?: string | null
          post_id?: string
          priority?: string
          requested_by?: string | null
          status?: string
          step?: number
          updated_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: 'approval_requests_instance_id_brand_id_fkey'
            columns: ['instance_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'workflow_instances'
            referencedColumns: ['id', 'brand_id']
          },
          {
            foreignKeyName: 'approval_requests_post_id_brand_id_fkey'
            columns: ['post_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_items'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      audit_logs: {
        Row: {
          action: string
          brand_id: string | null
          created_at: string
          hash: string
          id: string
          ip_address: string | null
          metadata: NonNullable<Json>
          prev_hash: string
          resource_id: string | null
          resource_type: string
          seq: number
          tenant_id: string
          user_agent: string | null
          user_id: string | null
        }
        ComputedFields: never
        Insert: {
          action: string
          brand_id?: string | null
          created_at?: string
          hash: string
          id?: string
          ip_address?: string | null
          metadata?: NonNullable<Json>
          prev_hash: string
          resource_id?: string | null
          resource_type: string
          seq: number
          tenant_id: string
          user_agent?: string | null
          user_id?: string | null
        }
        Update: {
          action?: string
          brand_id?: string | null
          created_at?: string
          hash?: string
          id?: string
          ip_address?: string | null
          metadata?: NonNullable<Json>
          prev_hash?: string
          resource_id?: string | null
          resource_type?: string
          seq?: number
          tenant_id?: string
          user_agent?: string | null
          user_id?: string | null
        }
        Relationships: []
      }
      auto_plans: {
        Row: {
          brand_id: string
          confidence: number
          created_at: string
          id: string
          month: string
          plan_data: NonNullable<Json>
          tenant_id: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          confidence?: number
          created_at?: string
          id?: string
          month: string
          plan_data?: NonNullable<Json>
          tenant_id: string
          updated_at?: string
        }
        Update: {
          brand_id?: string
          confidence?: number
          created_at?: string
          id?: string
          month?: string
          plan_data?: NonNullable<Json>
          tenant_id?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'auto_plans_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
        ]
      }
      brand_history: {
        Row: {
          action: string
          agent: string
          brand_id: string
          content_id: string | null
          created_at: string
          details: Json | null
          entry_id: string
          id: string
          performance: Json | null
          rationale: string | null
          tags: string[]
          timestamp: string
        }
        ComputedFields: never
        Insert: {
          action: string
          agent: string
          brand_id: string
          content_id?: string | null
          created_at?: string
          details?: Json | null
          entry_id: string
          id?: string
          performance?: Json | null
          rationale?: string | null
          tags?: string[]
          timestamp: string
        }
        Update: {
          action?: string
          agent?: string
          brand_id?: string
          content_id?: string | null
          created_at?: string
          details?: Json | null
          entry_id?: string
          id?: string
          performance?: Json | null
          rationale?: string | null
          tags?: string[]
          timestamp?: string
        }
        Relationships: [
          {
            foreignKeyName: 'brand_history_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'brand_history_content_id_brand_id_fkey'
            columns: ['content_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_items'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      brand_invitations: {
        Row: {
          accepted_at: string | null
          accepted_by: string | null
          brand_id: string
          created_at: string
          email: string
          expires_at: string
          id: string
          invited_by: string | null
          last_sent_at: string | null
          role: string
          send_count: number
          status: string
          tenant_id: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          accepted_at?: string | null
          accepted_by?: string | null
          brand_id: string
          created_at?: string
          email: string
          expires_at: string
          id?: string
          invited_by?: string | null
          last_sent_at?: string | null
          role: string
          send_count?: number
          status?: string
          tenant_id: string
          updated_at?: string
        }
        Update: {
          accepted_at?: string | null
          accepted_by?: string | null
          brand_id?: string
          created_at?: string
          email?: string
          expires_at?: string
          id?: string
          invited_by?: string | null
          last_sent_at?: string | null
          role?: string
          send_count?: number
          status?: string
          tenant_id?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'brand_invitations_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
          {
            foreignKeyName: 'brand_invitations_tenant_id_fkey'
            columns: ['tenant_id']
            isOneToOne: false
            referencedRelation: 'tenants'
            referencedColumns: ['id']
          },
        ]
      }
      brand_members: {
        Row: {
          brand_id: string
          created_at: string
          id: string
          mirrored: boolean
          role: string
          updated_at: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          created_at?: string
          id?: string
          mirrored?: boolean
          role?: string
          updated_at?: string
          user_id: string
        }
        Update: {
          brand_id?: string
          created_at?: string
          id?: string
          mirrored?: boolean
          role?: string
          updated_at?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'brand_members_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
        ]
      }
      brands: {
        Row: {
          brand_kit: NonNullable<Json>
          code: string
          compliance_rules: string | null
          created_at: string
          created_by: string | null
          delete_after: string | null
          deletion_asked_by: string | null
          description: string | null
          id: string
          industry: string | null
          intake_completed: boolean
          intake_completed_at: string | null
          logo_url: string | null
          name: string
          next_number: number
          pause_reason: string | null
          paused_at: string | null
          paused_by: string | null
          primary_color: string
          scraped_at: string | null
          scraper_status: string
          self_approval: boolean
          slug: string
          tenant_id: string
          time_zone: string
          tone_keywords: string[]
          updated_at: string
          visual_summary: string | null
          voice_summary: string | null
          website_url: string | null
          workspace_id: string | null
        }
        ComputedFields: never
        Insert: {
          brand_kit?: NonNullable<Json>
          code: string
          compliance_rules?: string | null
          created_at?: string
          created_by?: string | null
          delete_after?: string | null
          deletion_asked_by?: string | null
          description?: string | null
          id?: string
          industry?: string | null
          intake_completed?: boolean
          intake_completed_at?: string | null
          logo_url?: string | null
          name: string
          next_number?: number
          pause_reason?: string | null
          paused_at?: string | null
          paused_by?: string | null
          primary_color?: string
          scraped_at?: string | null
          scraper_status?: string
          self_approval?: boolean
          slug: string
          tenant_id: string
          time_zone?: string
          tone_keywords?: string[]
          updated_at?: string
          visual_summary?: string | null
          voice_summary?: string | null
          website_url?: string | null
          workspace_id?: never
        }
        Update: {
          brand_kit?: NonNullable<Json>
          code?: string
          compliance_rules?: string | null
          created_at?: string
          created_by?: string | null
          delete_after?: string | null
          deletion_asked_by?: string | null
          description?: string | null
          id?: string
          industry?: string | null
          intake_completed?: boolean
          intake_completed_at?: string | null
          logo_url?: string | null
          name?: string
          next_number?: number
          pause_reason?: string | null
          paused_at?: string | null
          paused_by?: string | null
          primary_color?: string
          scraped_at?: string | null
          scraper_status?: string
          self_approval?: boolean
          slug?: string
          tenant_id?: string
          time_zone?: string
          tone_keywords?: string[]
          updated_at?: string
          visual_summary?: string | null
          voice_summary?: string | null
          website_url?: string | null
          workspace_id?: never
        }
        Relationships: [
          {
            foreignKeyName: 'brands_tenant_id_fkey'
            columns: ['tenant_id']
            isOneToOne: false
            referencedRelation: 'tenants'
            referencedColumns: ['id']
          },
        ]
      }
      client_settings: {
        Row: {
          brand_id: string
          client_id: string
          created_at: string
          email_preferences: NonNullable<Json>
          id: string
          language: string
          last_modified_by: string | null
          timezone: string
          unsubscribe_token: string | null
          unsubscribed_from_all: boolean
          unsubscribed_types: string[]
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          client_id: string
          created_at?: string
          email_preferences?: NonNullable<Json>
          id?: string
          language?: string
          last_modified_by?: string | null
          timezone?: string
          unsubscribe_token?: string | null
          unsubscribed_from_all?: boolean
          unsubscribed_types?: string[]
          updated_at?: string
        }
        Update: {
          brand_id?: string
          client_id?: string
          created_at?: string
          email_preferences?: NonNullable<Json>
          id?: string
          language?: string
          last_modified_by?: string | null
          timezone?: string
          unsubscribe_token?: string | null
          unsubscribed_from_all?: boolean
          unsubscribed_types?: string[]
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'client_settings_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
        ]
      }
      collaboration_logs: {
        Row: {
          action: string
          agent: string
          brand_id: string
          content_id: string | null
          created_at: string
          cycle_id: string
          id: string
          metadata: Json | null
          notes: string | null
          request_id: string
          timestamp: string
        }
        ComputedFields: never
        Insert: {
          action: string
          agent: string
          brand_id: string
          content_id?: string | null
          created_at?: string
          cycle_id: string
          id?: string
          metadata?: Json | null
          notes?: string | null
          request_id: string
          timestamp: string
        }
        Update: {
          action?: string
          agent?: string
          brand_id?: string
          content_id?: string | null
          created_at?: string
          cycle_id?: string
          id?: string
          metadata?: Json | null
          notes?: string | null
          request_id?: string
          timestamp?: string
        }
        Relationships: [
          {
            foreignKeyName: 'collaboration_logs_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'collaboration_logs_content_id_brand_id_fkey'
            columns: ['content_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_items'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      connections: {
        Row: {
          brand_id: string
          connected_by: string | null
          created_at: string
          display_name: string
          health_check_error: string | null
          health_status: string
          id: string
          last_health_check: string | null
          last_token_refresh: string | null
          last_used_at: string | null
          metadata: NonNullable<Json>
          network: string
          pause_reason: string | null
          paused_at: string | null
          paused_by: string | null
          platform: string
          platform_account_id: string
          platform_id: string
          platform_user_id: string
          profile_image_url: string | null
          requires_reconnect: boolean
          scopes: string[]
          status: string
          tenant_id: string
          token_expires_at: string | null
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          connected_by?: string | null
          created_at?: string
          display_name: string
          health_check_error?: string | null
          health_status?: string
          id?: string
          last_health_check?: string | null
          last_token_refresh?: string | null
          last_used_at?: string | null
          metadata?: NonNullable<Json>
          network: string
          pause_reason?: string | null
          paused_at?: string | null
          paused_by?: string | null
          platform: string
          platform_account_id: string
          platform_id: string
          platform_user_id: string
          profile_image_url?: string | null
          requires_reconnect?: boolean
          scopes?: string[]
          status?: string
          tenant_id: string
          token_expires_at?: string | null
          updated_at?: string
        }
        Update: {
          brand_id?: string
          connected_by?: string | null
          created_at?: string
          display_name?: string
          health_check_error?: string | null
          health_status?: string
          id?: string
          last_health_check?: string | null
          last_token_refresh?: string | null
          last_used_at?: string | null
          metadata?: NonNullable<Json>
          network?: string
          pause_reason?: string | null
          paused_at?: string | null
          paused_by?: string | null
          platform?: string
          platform_account_id?: string
          platform_id?: string
          platform_user_id?: string
          profile_image_url?: string | null
          requires_reconnect?: boolean
          scopes?: string[]
          status?: string
          tenant_id?: string
          token_expires_at?: string | null
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'connections_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
          {
            foreignKeyName: 'connections_platform_id_fkey'
            columns: ['platform_id']
            isOneToOne: false
            referencedRelation: 'connector_platforms'
            referencedColumns: ['id']
          },
        ]
      }
      connector_platforms: {
        Row: {
          api_version: string
          created_at: string
          id: string
          is_beta: boolean
          is_enabled: boolean
          limits: NonNullable<Json>
          max_retry_attempts: number
          platform_name: string
          rate_limit_requests: number
          rate_limit_window_seconds: number
          scheduling_supported: boolean
          tenant_id: string | null
          updated_at: string
          webhook_supported: boolean
        }
        ComputedFields: never
        Insert: {
          api_version?: string
          created_at?: string
          id?: string
          is_beta?: boolean
          is_enabled?: boolean
          limits?: NonNullable<Json>
          max_retry_attempts?: number
          platform_name: string
          rate_limit_requests?: number
          rate_limit_window_seconds?: number
          scheduling_supported?: boolean
          tenant_id?: string | null
          updated_at?: string
          webhook_supported?: boolean
        }
        Update: {
          api_version?: string
          created_at?: string
          id?: string
          is_beta?: boolean
          is_enabled?: boolean
          limits?: NonNullable<Json>
          max_retry_attempts?: number
          platform_name?: string
          rate_limit_requests?: number
          rate_limit_window_seconds?: number
          scheduling_supported?: boolean
          tenant_id?: string | null
          updated_at?: string
          webhook_supported?: boolean
        }
        Relationships: [
          {
            foreignKeyName: 'connector_platforms_tenant_id_fkey'
            columns: ['tenant_id']
            isOneToOne: false
            referencedRelation: 'tenants'
            referencedColumns: ['id']
          },
        ]
      }
      content_channels: {
        Row: {
          body: string | null
          brand_id: string
          connection_id: string
          content_id: string
          created_at: string
          first_comment: string | null
          format: string
          id: string
          network: string
          position: number
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          body?: string | null
          brand_id: string
          connection_id: string
          content_id: string
          created_at?: string
          first_comment?: string | null
          format?: string
          id?: string
          network: string
          position?: number
          updated_at?: string
        }
        Update: {
          body?: string | null
          brand_id?: string
          connection_id?: string
          content_id?: string
          created_at?: string
          first_comment?: string | null
          format?: string
          id?: string
          network?: string
          position?: number
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'content_channels_connection_id_brand_id_fkey'
            columns: ['connection_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'connections'
            referencedColumns: ['id', 'brand_id']
          },
          {
            foreignKeyName: 'content_channels_content_id_brand_id_fkey'
            columns: ['content_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_items'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      content_comments: {
        Row: {
          anchor: Json | null
          audience: string
          author_id: string | null
          body: string
          brand_id: string
          content_id: string
          created_at: string
          id: string
          version: number | null
        }
        ComputedFields: never
        Insert: {
          anchor?: Json | null
          audience: string
          author_id?: string | null
          body: string
          brand_id: string
          content_id: string
          created_at?: string
          id?: string
          version?: number | null
        }
        Update: {
          anchor?: Json | null
          audience?: string
          author_id?: string | null
          body?: string
          brand_id?: string
          content_id?: string
          created_at?: string
          id?: string
          version?: number | null
        }
        Relationships: [
          {
            foreignKeyName: 'content_comments_content_id_brand_id_fkey'
            columns: ['content_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_items'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      content_items: {
        Row: {
          approval_required: boolean
          approved_at: string | null
          approved_by: string | null
          archived_at: string | null
          brand_id: string
          content: NonNullable<Json>
          content_digest: string
          created_at: string
          created_by: string | null
          generated_by_agent: string | null
          generation_metadata: NonNullable<Json>
          held_at: string | null
          id: string
          media_urls: string[]
          number: number
          platform: string | null
          published_at: string | null
          requested_at: string | null
          revision: number
          scheduled_for: string | null
          status: string
          tenant_id: string
          title: string | null
          type: string
          updated_at: string
          updated_by: string | null
          version: number
        }
        ComputedFields: never
        Insert: {
          approval_required?: boolean
          approved_at?: string | null
          approved_by?: string | null
          archived_at?: string | null
          brand_id: string
          content?: NonNullable<Json>
          content_digest: string
          created_at?: string
          created_by?: string | null
          generated_by_agent?: string | null
          generation_metadata?: NonNullable<Json>
          held_at?: string | null
          id?: string
          media_urls?: string[]
          number: number
          platform?: string | null
          published_at?: string | null
          requested_at?: string | null
          revision?: number
          scheduled_for?: string | null
          status?: string
          tenant_id: string
          title?: string | null
          type?: string
          updated_at?: string
          updated_by?: string | null
          version?: number
        }
        Update: {
          approval_required?: boolean
          approved_at?: string | null
          approved_by?: string | null
          archived_at?: string | null
          brand_id?: string
          content?: NonNullable<Json>
          content_digest?: string
          created_at?: string
          created_by?: string | null
          generated_by_agent?: string | null
          generation_metadata?: NonNullable<Json>
          held_at?: string | null
          id?: string
          media_urls?: string[]
          number?: number
          platform?: string | null
          published_at?: string | null
          requested_at?: string | null
          revision?: number
          scheduled_for?: string | null
          status?: string
          tenant_id?: string
          title?: string | null
          type?: string
          updated_at?: string
          updated_by?: string | null
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: 'content_items_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
        ]
      }
      content_packages: {
        Row: {
          brand_id: string
          collaboration_log: NonNullable<Json>
          content_id: string | null
          copy: NonNullable<Json>
          created_at: string
          cycle_id: string
          design_context: Json | null
          id: string
          published_at: string | null
          quality_score: number | null
          request_id: string
          requires_approval: boolean
          status: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          collaboration_log?: NonNullable<Json>
          content_id?: string | null
          copy: NonNullable<Json>
          created_at?: string
          cycle_id: string
          design_context?: Json | null
          id?: string
          published_at?: string | null
          quality_score?: number | null
          request_id: string
          requires_approval?: boolean
          status?: string
          updated_at?: string
        }
        Update: {
          brand_id?: string
          collaboration_log?: NonNullable<Json>
          content_id?: string | null
          copy?: NonNullable<Json>
          created_at?: string
          cycle_id?: string
          design_context?: Json | null
          id?: string
          published_at?: string | null
          quality_score?: number | null
          request_id?: string
          requires_approval?: boolean
          status?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'content_packages_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'content_packages_content_id_brand_id_fkey'
            columns: ['content_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_items'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      content_versions: {
        Row: {
          ai_made: boolean
          body: string
          brand_id: string
          channels: NonNullable<Json>
          client_status: string
          content_digest: string
          content_id: string
          created_at: string
          first_comment: string | null
          id: string
          link: string | null
          local_time: string | null
          media: NonNullable<Json>
          number: number
          permalinks: NonNullable<Json>
          published_at: string | null
          scheduled_at: string | null
          shared_at: string | null
          submitted_by: string | null
          superseded_at: string | null
          time_zone: string | null
          title: string | null
          type: string
          version: number
        }
        ComputedFields: never
        Insert: {
          ai_made?: boolean
          body?: string
          brand_id: string
          channels?: NonNullable<Json>
          client_status?: string
          content_digest: string
          content_id: string
          created_at?: string
          first_comment?: string | null
          id?: string
          link?: string | null
          local_time?: string | null
          media?: NonNullable<Json>
          number: number
          permalinks?: NonNullable<Json>
          published_at?: string | null
          scheduled_at?: string | null
          shared_at?: string | null
          submitted_by?: string | null
          superseded_at?: string | null
          time_zone?: string | null
          title?: string | null
          type: string
          version: number
        }
        Update: {
          ai_made?: boolean
          body?: string
          brand_id?: string
          channels?: NonNullable<Json>
          client_status?: string
          content_digest?: string
          content_id?: string
          created_at?: string
          first_comment?: string | null
          id?: string
          link?: string | null
          local_time?: string | null
          media?: NonNullable<Json>
          number?: number
          permalinks?: NonNullable<Json>
          published_at?: string | null
          scheduled_at?: string | null
          shared_at?: string | null
          submitted_by?: string | null
          superseded_at?: string | null
          time_zone?: string | null
          title?: string | null
          type?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: 'content_versions_content_id_brand_id_fkey'
            columns: ['content_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_items'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      encrypted_secrets: {
        Row: {
          auth_tag: string
          connection_id: string
          created_at: string
          encrypted_value: string
          expires_at: string | null
          id: string
          iv: string
          key_id: string
          metadata: NonNullable<Json>
          rotated_at: string
          secret_name: string
          secret_type: string
          tenant_id: string
          version: number
          wrapped_key: string
        }
        ComputedFields: never
        Insert: {
          auth_tag: string
          connection_id: string
          created_at?: string
          encrypted_value: string
          expires_at?: string | null
          id?: string
          iv: string
          key_id: string
          metadata?: NonNullable<Json>
          rotated_at?: string
          secret_name: string
          secret_type: string
          tenant_id: string
          version?: number
          wrapped_key: string
        }
        Update: {
          auth_tag?: string
          connection_id?: string
          created_at?: string
          encrypted_value?: string
          expires_at?: string | null
          id?: string
          iv?: string
          key_id?: string
          metadata?: NonNullable<Json>
          rotated_at?: string
          secret_name?: string
          secret_type?: string
          tenant_id?: string
          version?: number
          wrapped_key?: string
        }
        Relationships: [
          {
            foreignKeyName: 'encrypted_secrets_connection_id_tenant_id_fkey'
            columns: ['connection_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'connections'
            referencedColumns: ['id', 'tenant_id']
          },
        ]
      }
      escalation_events: {
        Row: {
          approval_id: string | null
          brand_id: string
          created_at: string
          id: string
          request_id: string
          resolved_at: string | null
          rule_id: string | null
          status: string
        }
        ComputedFields: never
        Insert: {
          approval_id?: string | null
          brand_id: string
          created_at?: string
          id?: string
          request_id: string
          resolved_at?: string | null
          rule_id?: string | null
          status?: string
        }
        Update: {
          approval_id?: string | null
          brand_id?: string
          created_at?: string
          id?: string
          request_id?: string
          resolved_at?: string | null
          rule_id?: string | null
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'escalation_events_approval_id_brand_id_fkey'
            columns: ['approval_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'post_approvals'
            referencedColumns: ['id', 'brand_id']
          },
          {
            foreignKeyName: 'escalation_events_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'escalation_events_request_id_brand_id_fkey'
            columns: ['request_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'approval_requests'
            referencedColumns: ['id', 'brand_id']
          },
          {
            foreignKeyName: 'escalation_events_rule_id_brand_id_fkey'
            columns: ['rule_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'escalation_rules'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      escalation_rules: {
        Row: {
          brand_id: string
          business_hours_only: boolean
          created_at: string
          delegate: string | null
          escalate_to_role: string
          id: string
          position: number
          rule_type: string
          trigger_hours: number
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          business_hours_only?: boolean
          created_at?: string
          delegate?: string | null
          escalate_to_role: string
          id?: string
          position: number
          rule_type: string
          trigger_hours: number
          updated_at?: string
        }
        Update: {
          brand_id?: string
          business_hours_only?: boolean
          created_at?: string
          delegate?: string | null
          escalate_to_role?: string
          id?: string
          position?: number
          rule_type?: string
          trigger_hours?: number
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'escalation_rules_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
        ]
      }
      media_assets: {
        Row: {
          alt_text: string | null
          brand_id: string
          category: string
          created_at: string
          created_by: string | null
          duration_ms: number | null
          filename: string
          hash: string | null
          height: number | null
          id: string
          kind: string
          last_used: string | null
          metadata: NonNullable<Json>
          mime_type: string | null
          path: string
          purged_at: string | null
          rejected_code: string | null
          rejected_facts: Json | null
          shared_at: string | null
          size_bytes: number
          status: string
          tenant_id: string
          updated_at: string
          usage_count: number
          used_in: string[]
          variants: NonNullable<Json>
          width: number | null
        }
        ComputedFields: never
        Insert: {
          alt_text?: string | null
          brand_id: string
          category?: string
          created_at?: string
          created_by?: string | null
          duration_ms?: number | null
          filename: string
          hash?: string | null
          height?: number | null
          id?: string
          kind?: never
          last_used?: string | null
          metadata?: NonNullable<Json>
          mime_type?: string | null
          path: string
          purged_at?: string | null
          rejected_code?: string | null
          rejected_facts?: Json | null
          shared_at?: string | null
          size_bytes: number
          status?: string
          tenant_id?: string
          updated_at?: string
          usage_count?: number
          used_in?: string[]
          variants?: NonNullable<Json>
          width?: number | null
        }
        Update: {
          alt_text?: string | null
          brand_id?: string
          category?: string
          created_at?: string
          created_by?: string | null
          duration_ms?: number | null
          filename?: string
          hash?: string | null
          height?: number | null
          id?: string
          kind?: never
          last_used?: string | null
          metadata?: NonNullable<Json>
          mime_type?: string | null
          path?: string
          purged_at?: string | null
          rejected_code?: string | null
          rejected_facts?: Json | null
          shared_at?: string | null
          size_bytes?: number
          status?: string
          tenant_id?: string
          updated_at?: string
          usage_count?: number
          used_in?: string[]
          variants?: NonNullable<Json>
          width?: number | null
        }
        Relationships: [
          {
            foreignKeyName: 'media_assets_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
          {
            foreignKeyName: 'media_assets_tenant_id_fkey'
            columns: ['tenant_id']
            isOneToOne: false
            referencedRelation: 'tenants'
            referencedColumns: ['id']
          },
        ]
      }
      media_usage_logs: {
        Row: {
          asset_id: string
          brand_id: string
          context: NonNullable<Json>
          created_at: string
          id: string
          used_by_user: string | null
          used_in: string
        }
        ComputedFields: never
        Insert: {
          asset_id: string
          brand_id: string
          context?: NonNullable<Json>
          created_at?: string
          id?: string
          used_by_user?: string | null
          used_in: string
        }
        Update: {
          asset_id?: string
          brand_id?: string
          context?: NonNullable<Json>
          created_at?: string
          id?: string
          used_by_user?: string | null
          used_in?: string
        }
        Relationships: [
          {
            foreignKeyName: 'media_usage_logs_asset_id_brand_id_fkey'
            columns: ['asset_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'media_assets'
            referencedColumns: ['id', 'brand_id']
          },
          {
            foreignKeyName: 'media_usage_logs_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
        ]
      }
      milestones: {
        Row: {
          acknowledged_at: string | null
          created_at: string
          id: string
          key: string
          tenant_id: string
          unlocked_at: string
          updated_at: string
          workspace_id: string
        }
        ComputedFields: never
        Insert: {
          acknowledged_at?: string | null
          created_at?: string
          id?: string
          key: string
          tenant_id: string
          unlocked_at?: string
          updated_at?: string
          workspace_id?: never
        }
        Update: {
          acknowledged_at?: string | null
          created_at?: string
          id?: string
          key?: string
          tenant_id?: string
          unlocked_at?: string
          updated_at?: string
          workspace_id?: never
        }
        Relationships: [
          {
            foreignKeyName: 'milestones_tenant_id_fkey'
            columns: ['tenant_id']
            isOneToOne: false
            referencedRelation: 'tenants'
            referencedColumns: ['id']
          },
        ]
      }
      oauth_states: {
        Row: {
          brand_id: string
          code: string | null
          connected: NonNullable<Json>
          created_at: string
          expires_at: string
          failure_code: string | null
          failure_facts: Json | null
          id: string
          platform: string
          redirect_uri: string
          state_hash: string
          status: string
          tenant_id: string
          updated_at: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          code?: string | null
          connected?: NonNullable<Json>
          created_at?: string
          expires_at: string
          failure_code?: string | null
          failure_facts?: Json | null
          id?: string
          platform: string
          redirect_uri: string
          state_hash: string
          status?: string
          tenant_id: string
          updated_at?: string
          user_id: string
        }
        Update: {
          brand_id?: string
          code?: string | null
          connected?: NonNullable<Json>
          created_at?: string
          expires_at?: string
          failure_code?: string | null
          failure_facts?: Json | null
          id?: string
          platform?: string
          redirect_uri?: string
          state_hash?: string
          status?: string
          tenant_id?: string
          updated_at?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'oauth_states_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
        ]
      }
      outbound_emails: {
        Row: {
          attempts: number
          brand_id: string | null
          content_id: string | null
          created_at: string
          dedupe_key: string
          id: string
          invitation_id: string | null
          last_error: string | null
          payload: NonNullable<Json>
          sent_at: string | null
          status: string
          template: string
          tenant_id: string
          to_email: string
          to_user_id: string | null
          tried_at: string | null
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          attempts?: number
          brand_id?: string | null
          content_id?: string | null
          created_at?: string
          dedupe_key: string
          id?: string
          invitation_id?: string | null
          last_error?: string | null
          payload?: NonNullable<Json>
          sent_at?: string | null
          status?: string
          template: string
          tenant_id: string
          to_email: string
          to_user_id?: string | null
          tried_at?: string | null
          updated_at?: string
        }
        Update: {
          attempts?: number
          brand_id?: string | null
          content_id?: string | null
          created_at?: string
          dedupe_key?: string
          id?: string
          invitation_id?: string | null
          last_error?: string | null
          payload?: NonNullable<Json>
          sent_at?: string | null
          status?: string
          template?: string
          tenant_id?: string
          to_email?: string
          to_user_id?: string | null
          tried_at?: string | null
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'outbound_emails_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
          {
            foreignKeyName: 'outbound_emails_content_id_brand_id_fkey'
            columns: ['content_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_items'
            referencedColumns: ['id', 'brand_id']
          },
          {
            foreignKeyName: 'outbound_emails_invitation_id_brand_id_fkey'
            columns: ['invitation_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'brand_invitations'
            referencedColumns: ['id', 'brand_id']
          },
          {
            foreignKeyName: 'outbound_emails_tenant_id_fkey'
            columns: ['tenant_id']
            isOneToOne: false
            referencedRelation: 'tenants'
            referencedColumns: ['id']
          },
        ]
      }
      platform_reviews: {
        Row: {
          brand_id: string
          connection_id: string | null
          created_at: string
          id: string
          platform: string
          rating: number | null
          replied_at: string | null
          reply_text: string | null
          review_id: string
          review_text: string | null
          reviewer_name: string | null
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          connection_id?: string | null
          created_at?: string
          id?: string
          platform: string
          rating?: number | null
          replied_at?: string | null
          reply_text?: string | null
          review_id: string
          review_text?: string | null
          reviewer_name?: string | null
        }
        Update: {
          brand_id?: string
          connection_id?: string | null
          created_at?: string
          id?: string
          platform?: string
          rating?: number | null
          replied_at?: string | null
          reply_text?: string | null
          review_id?: string
          review_text?: string | null
          reviewer_name?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'platform_reviews_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'platform_reviews_connection_id_brand_id_fkey'
            columns: ['connection_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'connections'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      platform_sync_logs: {
        Row: {
          brand_id: string
          connection_id: string | null
          created_at: string
          error_message: string | null
          finished_at: string | null
          id: string
          items_synced: number
          platform: string
          started_at: string
          status: string
          sync_type: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          connection_id?: string | null
          created_at?: string
          error_message?: string | null
          finished_at?: string | null
          id?: string
          items_synced?: number
          platform: string
          started_at: string
          status: string
          sync_type: string
        }
        Update: {
          brand_id?: string
          connection_id?: string | null
          created_at?: string
          error_message?: string | null
          finished_at?: string | null
          id?: string
          items_synced?: number
          platform?: string
          started_at?: string
          status?: string
          sync_type?: string
        }
        Relationships: [
          {
            foreignKeyName: 'platform_sync_logs_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'platform_sync_logs_connection_id_brand_id_fkey'
            columns: ['connection_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'connections'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      post_approvals: {
        Row: {
          approved_at: string | null
          approved_by: string | null
          audience: string
          brand_id: string
          comment: string | null
          content_digest: string
          created_at: string
          decided_by: string | null
          id: string
          locked: boolean | null
          post_id: string
          rejected_at: string | null
          rejected_by: string | null
          rejection_reason: string | null
          status: string
          step: number | null
          updated_at: string
          version: number
        }
        ComputedFields: never
        Insert: {
          approved_at?: never
          approved_by?: never
          audience: string
          brand_id: string
          comment?: string | null
          content_digest: string
          created_at?: string
          decided_by?: string | null
          id?: string
          locked?: never
          post_id: string
          rejected_at?: never
          rejected_by?: never
          rejection_reason?: never
          status: string
          step?: number | null
          updated_at?: string
          version: number
        }
        Update: {
          approved_at?: never
          approved_by?: never
          audience?: string
          brand_id?: string
          comment?: string | null
          content_digest?: string
          created_at?: string
          decided_by?: string | null
          id?: string
          locked?: never
          post_id?: string
          rejected_at?: never
          rejected_by?: never
          rejection_reason?: never
          status?: string
          step?: number | null
          updated_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: 'post_approvals_post_id_version_brand_id_fkey'
            columns: ['post_id', 'version', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_versions'
            referencedColumns: ['content_id', 'version', 'brand_id']
          },
        ]
      }
      profiles: {
        Row: {
          avatar_url: string | null
          created_at: string
          display_name: string
          time_zone: string
          updated_at: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          avatar_url?: string | null
          created_at?: string
          display_name: string
          time_zone?: string
          updated_at?: string
          user_id: string
        }
        Update: {
          avatar_url?: string | null
          created_at?: string
          display_name?: string
          time_zone?: string
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      publish_jobs: {
        Row: {
          attempt_count: number
          body: string
          brand_id: string
          call_to_action: Json | null
          channel_id: string | null
          connection_id: string
          content_digest: string
          content_id: string
          content_type: string
          created_at: string
          created_by: string | null
          dlq_at: string | null
          dlq_reason: string | null
          error_history: NonNullable<Json>
          fence: number
          fingerprint: string
          first_intent_at: string | null
          id: string
          idempotency_key: string
          intent_at: string | null
          intent_digest: string | null
          last_error_code: string | null
          last_error_message: string | null
          last_look_at: string | null
          lateness_ms: number | null
          lease_expires_at: string | null
          lease_token: string | null
          leased_by: string | null
          link: string | null
          look_count: number
          max_attempts: number
          media: NonNullable<Json>
          media_urls: string[]
          memo: NonNullable<Json>
          metadata: NonNullable<Json>
          network: string
          next_look_at: string | null
          next_retry_at: string | null
          permalink: string | null
          platform_post_id: string | null
          publish_at: string | null
          published_at: string | null
          replays: string | null
          scheduled_for: string
          settle_until: string | null
          status: string
          step: string | null
          tenant_id: string
          title: string | null
          updated_at: string
          version: number
          waiting_since: string | null
        }
        ComputedFields: never
        Insert: {
          attempt_count?: number
          body: string
          brand_id: string
          call_to_action?: Json | null
          channel_id?: string | null
          connection_id: string
          content_digest: string
          content_id: string
          content_type: string
          created_at?: string
          created_by?: string | null
          dlq_at?: string | null
          dlq_reason?: string | null
          error_history?: NonNullable<Json>
          fence?: number
          fingerprint: string
          first_intent_at?: string | null
          id?: string
          idempotency_key: string
          intent_at?: string | null
          intent_digest?: string | null
          last_error_code?: string | null
          last_error_message?: string | null
          last_look_at?: string | null
          lateness_ms?: number | null
          lease_expires_at?: string | null
          lease_token?: string | null
          leased_by?: string | null
          link?: string | null
          look_count?: number
          max_attempts?: number
          media?: NonNullable<Json>
          media_urls?: string[]
          memo?: NonNullable<Json>
          metadata?: NonNullable<Json>
          network: string
          next_look_at?: string | null
          next_retry_at?: string | null
          permalink?: string | null
          platform_post_id?: string | null
          publish_at?: string | null
          published_at?: string | null
          replays?: string | null
          scheduled_for: string
          settle_until?: string | null
          status?: string
          step?: string | null
          tenant_id: string
          title?: string | null
          updated_at?: string
          version: number
          waiting_since?: string | null
        }
        Update: {
          attempt_count?: number
          body?: string
          brand_id?: string
          call_to_action?: Json | null
          channel_id?: string | null
          connection_id?: string
          content_digest?: string
          content_id?: string
          content_type?: string
          created_at?: string
          created_by?: string | null
          dlq_at?: string | null
          dlq_reason?: string | null
          error_history?: NonNullable<Json>
          fence?: number
          fingerprint?: string
          first_intent_at?: string | null
          id?: string
          idempotency_key?: string
          intent_at?: string | null
          intent_digest?: string | null
          last_error_code?: string | null
          last_error_message?: string | null
          last_look_at?: string | null
          lateness_ms?: number | null
          lease_expires_at?: string | null
          lease_token?: string | null
          leased_by?: string | null
          link?: string | null
          look_count?: number
          max_attempts?: number
          media?: NonNullable<Json>
          media_urls?: string[]
          memo?: NonNullable<Json>
          metadata?: NonNullable<Json>
          network?: string
          next_look_at?: string | null
          next_retry_at?: string | null
          permalink?: string | null
          platform_post_id?: string | null
          publish_at?: string | null
          published_at?: string | null
          replays?: string | null
          scheduled_for?: string
          settle_until?: string | null
          status?: string
          step?: string | null
          tenant_id?: string
          title?: string | null
          updated_at?: string
          version?: number
          waiting_since?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'publish_jobs_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
          {
            foreignKeyName: 'publish_jobs_channel_id_content_id_fkey'
            columns: ['channel_id', 'content_id']
            isOneToOne: false
            referencedRelation: 'content_channels'
            referencedColumns: ['id', 'content_id']
          },
          {
            foreignKeyName: 'publish_jobs_connection_id_brand_id_fkey'
            columns: ['connection_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'connections'
            referencedColumns: ['id', 'brand_id']
          },
          {
            foreignKeyName: 'publish_jobs_content_id_brand_id_fkey'
            columns: ['content_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_items'
            referencedColumns: ['id', 'brand_id']
          },
          {
            foreignKeyName: 'publish_jobs_content_id_version_brand_id_fkey'
            columns: ['content_id', 'version', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_versions'
            referencedColumns: ['content_id', 'version', 'brand_id']
          },
          {
            foreignKeyName: 'publish_jobs_replays_fkey'
            columns: ['replays']
            isOneToOne: true
            referencedRelation: 'publish_jobs'
            referencedColumns: ['id']
          },
        ]
      }
      publishing_logs: {
        Row: {
          attempt: number
          brand_id: string
          created_at: string
          error_code: string | null
          error_message: string | null
          id: string
          job_id: string
          kind: string
          latency_ms: number | null
          platform: string
          platform_post_id: string | null
          status: string
          step: string | null
        }
        ComputedFields: never
        Insert: {
          attempt?: number
          brand_id: string
          created_at?: string
          error_code?: string | null
          error_message?: string | null
          id?: string
          job_id: string
          kind: string
          latency_ms?: number | null
          platform: string
          platform_post_id?: string | null
          status: string
          step?: string | null
        }
        Update: {
          attempt?: number
          brand_id?: string
          created_at?: string
          error_code?: string | null
          error_message?: string | null
          id?: string
          job_id?: string
          kind?: string
          latency_ms?: number | null
          platform?: string
          platform_post_id?: string | null
          status?: string
          step?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'publishing_logs_job_id_brand_id_fkey'
            columns: ['job_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'publish_jobs'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      scheduled_content: {
        Row: {
          brand_id: string
          content_id: string
          created_at: string
          id: string
          local_time: string
          platforms: string[]
          scheduled_at: string
          status: string
          time_zone: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          content_id: string
          created_at?: string
          id?: string
          local_time: string
          platforms?: string[]
          scheduled_at: string
          status?: string
          time_zone: string
          updated_at?: string
        }
        Update: {
          brand_id?: string
          content_id?: string
          created_at?: string
          id?: string
          local_time?: string
          platforms?: string[]
          scheduled_at?: string
          status?: string
          time_zone?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'scheduled_content_content_id_brand_id_fkey'
            columns: ['content_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_items'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      social_posts: {
        Row: {
          brand_id: string
          connection_id: string | null
          content: NonNullable<Json>
          created_at: string
          id: string
          platform: string
          platform_post_id: string
          status: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          connection_id?: string | null
          content: NonNullable<Json>
          created_at?: string
          id?: string
          platform: string
          platform_post_id: string
          status: string
          updated_at?: string
        }
        Update: {
          brand_id?: string
          connection_id?: string | null
          content?: NonNullable<Json>
          created_at?: string
          id?: string
          platform?: string
          platform_post_id?: string
          status?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'social_posts_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'social_posts_connection_id_brand_id_fkey'
            columns: ['connection_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'connections'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      storage_quotas: {
        Row: {
          brand_id: string
          created_at: string
          id: string
          limit_bytes: number
          tenant_id: string
          updated_at: string
          used_bytes: number
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          created_at?: string
          id?: string
          limit_bytes?: number
          tenant_id: string
          updated_at?: string
          used_bytes?: number
        }
        Update: {
          brand_id?: string
          created_at?: string
          id?: string
          limit_bytes?: number
          tenant_id?: string
          updated_at?: string
          used_bytes?: number
        }
        Relationships: [
          {
            foreignKeyName: 'storage_quotas_brand_id_tenant_id_fkey'
            columns: ['brand_id', 'tenant_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id', 'tenant_id']
          },
        ]
      }
      strategy_briefs: {
        Row: {
          brand_id: string
          competitive: NonNullable<Json>
          created_at: string
          cycle_id: string
          id: string
          positioning: NonNullable<Json>
          request_id: string
          updated_at: string
          version: string
          visual: NonNullable<Json>
          voice: NonNullable<Json>
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          competitive: NonNullable<Json>
          created_at?: string
          cycle_id: string
          id?: string
          positioning: NonNullable<Json>
          request_id: string
          updated_at?: string
          version: string
          visual: NonNullable<Json>
          voice: NonNullable<Json>
        }
        Update: {
          brand_id?: string
          competitive?: NonNullable<Json>
          created_at?: string
          cycle_id?: string
          id?: string
          positioning?: NonNullable<Json>
          request_id?: string
          updated_at?: string
          version?: string
          visual?: NonNullable<Json>
          voice?: NonNullable<Json>
        }
        Relationships: [
          {
            foreignKeyName: 'strategy_briefs_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
        ]
      }
      tenant_members: {
        Row: {
          created_at: string
          id: string
          role: string
          tenant_id: string
          updated_at: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          created_at?: string
          id?: string
          role: string
          tenant_id: string
          updated_at?: string
          user_id: string
        }
        Update: {
          created_at?: string
          id?: string
          role?: string
          tenant_id?: string
          updated_at?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'tenant_members_tenant_id_fkey'
            columns: ['tenant_id']
            isOneToOne: false
            referencedRelation: 'tenants'
            referencedColumns: ['id']
          },
        ]
      }
      tenants: {
        Row: {
          created_at: string
          id: string
          name: string
          pause_reason: string | null
          paused_at: string | null
          paused_by: string | null
          plan: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          created_at?: string
          id?: string
          name: string
          pause_reason?: string | null
          paused_at?: string | null
          paused_by?: string | null
          plan?: string
          updated_at?: string
        }
        Update: {
          created_at?: string
          id?: string
          name?: string
          pause_reason?: string | null
          paused_at?: string | null
          paused_by?: string | null
          plan?: string
          updated_at?: string
        }
        Relationships: []
      }
      webhook_events: {
        Row: {
          attempts: number
          brand_id: string | null
          created_at: string
          event_type: string
          id: string
          idempotency_key: string
          last_error: string | null
          next_retry_at: string | null
          payload: NonNullable<Json>
          processed_at: string | null
          provider: string
          status: string
        }
        ComputedFields: never
        Insert: {
          attempts?: number
          brand_id?: string | null
          created_at?: string
          event_type: string
          id?: string
          idempotency_key: string
          last_error?: string | null
          next_retry_at?: string | null
          payload: NonNullable<Json>
          processed_at?: string | null
          provider: string
          status?: string
        }
        Update: {
          attempts?: number
          brand_id?: string | null
          created_at?: string
          event_type?: string
          id?: string
          idempotency_key?: string
          last_error?: string | null
          next_retry_at?: string | null
          payload?: NonNullable<Json>
          processed_at?: string | null
          provider?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'webhook_events_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
        ]
      }
      workflow_instances: {
        Row: {
          brand_id: string
          content_id: string
          context: NonNullable<Json>
          created_at: string
          current_step: number
          id: string
          status: string
          steps: NonNullable<Json>
          template_id: string | null
          updated_at: string
          version: number
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          content_id: string
          context?: NonNullable<Json>
          created_at?: string
          current_step?: number
          id?: string
          status?: string
          steps: NonNullable<Json>
          template_id?: string | null
          updated_at?: string
          version: number
        }
        Update: {
          brand_id?: string
          content_id?: string
          context?: NonNullable<Json>
          created_at?: string
          current_step?: number
          id?: string
          status?: string
          steps?: NonNullable<Json>
          template_id?: string | null
          updated_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: 'workflow_instances_content_id_version_brand_id_fkey'
            columns: ['content_id', 'version', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_versions'
            referencedColumns: ['content_id', 'version', 'brand_id']
          },
          {
            foreignKeyName: 'workflow_instances_template_id_brand_id_fkey'
            columns: ['template_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'workflow_templates'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      workflow_notifications: {
        Row: {
          brand_id: string
          content_id: string | null
          created_at: string
          id: string
          instance_id: string | null
          message: string
          read_at: string | null
          type: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          content_id?: string | null
          created_at?: string
          id?: string
          instance_id?: string | null
          message: string
          read_at?: string | null
          type: string
          user_id: string
        }
        Update: {
          brand_id?: string
          content_id?: string | null
          created_at?: string
          id?: string
          instance_id?: string | null
          message?: string
          read_at?: string | null
          type?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'workflow_notifications_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'workflow_notifications_content_id_brand_id_fkey'
            columns: ['content_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'content_items'
            referencedColumns: ['id', 'brand_id']
          },
          {
            foreignKeyName: 'workflow_notifications_instance_id_brand_id_fkey'
            columns: ['instance_id', 'brand_id']
            isOneToOne: false
            referencedRelation: 'workflow_instances'
            referencedColumns: ['id', 'brand_id']
          },
        ]
      }
      workflow_templates: {
        Row: {
          brand_id: string
          created_at: string
          id: string
          is_default: boolean
          mode: string
          name: string
          steps: NonNullable<Json>
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          brand_id: string
          created_at?: string
          id?: string
          is_default?: boolean
          mode?: string
          name: string
          steps: NonNullable<Json>
          updated_at?: string
        }
        Update: {
          brand_id?: string
          created_at?: string
          id?: string
          is_default?: boolean
          mode?: string
          name?: string
          steps?: NonNullable<Json>
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'workflow_templates_brand_id_fkey'
            columns: ['brand_id']
            isOneToOne: false
            referencedRelation: 'brands'
            referencedColumns: ['id']
          },
        ]
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      accept_invitation: {
        Args: { token: string }
        Returns: {
          brand_id: string
          brand_slug: string
          role: string
        }[]
      }
      acknowledge_milestone: {
        Args: { milestone_id: string }
        Returns: {
          acknowledged_at: string | null
          created_at: string
          id: string
          key: string
          tenant_id: string
          unlocked_at: string
          updated_at: string
          workspace_id: string
        }
        SetofOptions: {
          from: '*'
          to: 'milestones'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      archive_media: {
        Args: { asset_id: string }
        Returns: {
          alt_text: string | null
          brand_id: string
          category: string
          created_at: string
          created_by: string | null
          duration_ms: number | null
          filename: string
          hash: string | null
          height: number | null
          id: string
          kind: string
          last_used: string | null
          metadata: NonNullable<Json>
          mime_type: string | null
          path: string
          purged_at: string | null
          rejected_code: string | null
          rejected_facts: Json | null
          shared_at: string | null
          size_bytes: number
          status: string
          tenant_id: string
          updated_at: string
          usage_count: number
          used_in: string[]
          variants: NonNullable<Json>
          width: number | null
        }
        SetofOptions: {
          from: '*'
          to: 'media_assets'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      archive_post: {
        Args: { post_id: string }
        Returns: {
          approval_required: boolean
          approved_at: string | null
          approved_by: string | null
          archived_at: string | null
          brand_id: string
          content: NonNullable<Json>
          content_digest: string
          created_at: string
          created_by: string | null
          generated_by_agent: string | null
          generation_metadata: NonNullable<Json>
          held_at: string | null
          id: string
          media_urls: string[]
          number: number
          platform: string | null
          published_at: string | null
          requested_at: string | null
          revision: number
          scheduled_for: string | null
          status: string
          tenant_id: string
          title: string | null
          type: string
          updated_at: string
          updated_by: string | null
          version: number
        }
        SetofOptions: {
          from: '*'
          to: 'content_items'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      begin_connect: {
        Args: { brand_id: string; platform: string; redirect_uri: string }
        Returns: {
          expires_at: string
          oauth_state_id: string
          state: string
        }[]
      }
      check_request: { Args: Record<PropertyKey, never>; Returns: undefined }
      create_brand: {
        Args: {
          approval_mode?: string
          code?: string
          name: string
          primary_color?: string
          tenant_id: string
          time_zone: string
        }
        Returns: {
          brand_kit: NonNullable<Json>
          code: string
          compliance_rules: string | null
          created_at: string
          created_by: string | null
          delete_after: string | null
          deletion_asked_by: string | null
          description: string | null
          id: string
          industry: string | null
          intake_completed: boolean
          intake_completed_at: string | null
          logo_url: string | null
          name: string
          next_number: number
          pause_reason: string | null
          paused_at: string | null
          paused_by: string | null
          primary_color: string
          scraped_at: string | null
          scraper_status: string
          self_approval: boolean
          slug: string
          tenant_id: string
          time_zone: string
          tone_keywords: string[]
          updated_at: string
          visual_summary: string | null
          voice_summary: string | null
          website_url: string | null
          workspace_id: string | null
        }
        SetofOptions: {
          from: '*'
          to: 'brands'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      create_post: {
        Args: {
          body: string
          brand_id: string
          channels?: Json
          first_comment?: string
          link?: string
          media_ids?: string[]
          title: string
        }
        Returns: {
          approval_required: boolean
          approved_at: string | null
          approved_by: string | null
          archived_at: string | null
          brand_id: string
          content: NonNullable<Json>
          content_digest: string
          created_at: string
          created_by: string | null
          generated_by_agent: string | null
          generation_metadata: NonNullable<Json>
          held_at: string | null
          id: string
          media_urls: string[]
          number: number
          platform: string | null
          published_at: string | null
          requested_at: string | null
          revision: number
          scheduled_for: string | null
          status: string
          tenant_id: string
          title: string | null
          type: string
          updated_at: string
          updated_by: string | null
          version: number
        }
        SetofOptions: {
          from: '*'
          to: 'content_items'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      create_tenant: {
        Args: { name: string }
        Returns: {
          created_at: string
          id: string
          name: string
          pause_reason: string | null
          paused_at: string | null
          paused_by: string | null
          plan: string
          updated_at: string
        }
        SetofOptions: {
          from: '*'
          to: 'tenants'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      decide_approval: {
        Args: { comment?: string; outcome: string; post_id: string; seen_digest: string }
        Returns: {
          approved_at: string | null
          approved_by: string | null
          audience: string
          brand_id: string
          comment: string | null
          content_digest: string
          created_at: string
          decided_by: string | null
          id: string
          locked: boolean | null
          post_id: string
          rejected_at: string | null
          rejected_by: string | null
          rejection_reason: string | null
          status: string
          step: number | null
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: '*'
          to: 'post_approvals'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      delete_draft: { Args: { post_id: string }; Returns: undefined }
      disconnect: {
        Args: { connection_id: string }
        Returns: {
          brand_id: string
          connected_by: string | null
          created_at: string
          display_name: string
          health_check_error: string | null
          health_status: string
          id: string
          last_health_check: string | null
          last_token_refresh: string | null
          last_used_at: string | null
          metadata: NonNullable<Json>
          network: string
          pause_reason: string | null
          paused_at: string | null
          paused_by: string | null
          platform: string
          platform_account_id: string
          platform_id: string
          platform_user_id: string
          profile_image_url: string | null
          requires_reconnect: boolean
          scopes: string[]
          status: string
          tenant_id: string
          token_expires_at: string | null
          updated_at: string
        }
        SetofOptions: {
          from: '*'
          to: 'connections'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      finish_connect: {
        Args: { code: string; state: string }
        Returns: {
          brand_id: string
          id: string
        }[]
      }
      finish_upload: {
        Args: { asset_id: string }
        Returns: {
          alt_text: string | null
          brand_id: string
          category: string
          created_at: string
          created_by: string | null
          duration_ms: number | null
          filename: string
          hash: string | null
          height: number | null
          id: string
          kind: string
          last_used: string | null
          metadata: NonNullable<Json>
          mime_type: string | null
          path: string
          purged_at: string | null
          rejected_code: string | null
          rejected_facts: Json | null
          shared_at: string | null
          size_bytes: number
          status: string
          tenant_id: string
          updated_at: string
          usage_count: number
          used_in: string[]
          variants: NonNullable<Json>
          width: number | null
        }
        SetofOptions: {
          from: '*'
          to: 'media_assets'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      invitation_address: { Args: { token: string }; Returns: string }
      invite_member: {
        Args: { brand_id: string; email: string; role: string }
        Returns: {
          accepted_at: string | null
          accepted_by: string | null
          brand_id: string
          created_at: string
          email: string
          expires_at: string
          id: string
          invited_by: string | null
          last_sent_at: string | null
          role: string
          send_count: number
          status: string
          tenant_id: string
          updated_at: string
        }
        SetofOptions: {
          from: '*'
          to: 'brand_invitations'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      keep_brand: {
        Args: { brand_id: string }
        Returns: {
          brand_kit: NonNullable<Json>
          code: string
          compliance_rules: string | null
          created_at: string
          created_by: string | null
          delete_after: string | null
          deletion_asked_by: string | null
          description: string | null
          id: string
          industry: string | null
          intake_completed: boolean
          intake_completed_at: string | null
          logo_url: string | null
          name: string
          next_number: number
          pause_reason: string | null
          paused_at: string | null
          paused_by: string | null
          primary_color: string
          scraped_at: string | null
          scraper_status: string
          self_approval: boolean
          slug: string
          tenant_id: string
          time_zone: string
          tone_keywords: string[]
          updated_at: string
          visual_summary: string | null
          voice_summary: string | null
          website_url: string | null
          workspace_id: string | null
        }
        SetofOptions: {
          from: '*'
          to: 'brands'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      mark_job_live: { Args: { job_id: string; url: string }; Returns: undefined }
      media_uses: {
        Args: { asset_ids: string[] }
        Returns: {
          asset_id: string
          uses: number
        }[]
      }
      my_permissions: {
        Args: Record<PropertyKey, never>
        Returns: {
          brand_id: string
          permissions: string[]
          role: string
        }[]
      }
      pause_publishing: { Args: { id: string; reason?: string; scope: string }; Returns: string }
      peek_invitation: {
        Args: { token: string }
        Returns: {
          agency_name: string
          brand_name: string
          email: string
          expires_at: string
          inviter_name: string
          role: string
          state: string
        }[]
      }
      peek_portal_link: {
        Args: { token: string }
        Returns: {
          agency_name: string
          brand_name: string
          expires_at: string
          person_name: string
          state: string
        }[]
      }
      post_timeline: {
        Args: { post_id: string }
        Returns: {
          actor_id: string
          actor_name: string
          at: string
          audience: string
          facts: Json
          kind: string
          text: string
          version: number
        }[]
      }
      publish_now: {
        Args: { post_id: string }
        Returns: {
          approval_required: boolean
          approved_at: string | null
          approved_by: string | null
          archived_at: string | null
          brand_id: string
          content: NonNullable<Json>
          content_digest: string
          created_at: string
          created_by: string | null
          generated_by_agent: string | null
          generation_metadata: NonNullable<Json>
          held_at: string | null
          id: string
          media_urls: string[]
          number: number
          platform: string | null
          published_at: string | null
          requested_at: string | null
          revision: number
          scheduled_for: string | null
          status: string
          tenant_id: string
          title: string | null
          type: string
          updated_at: string
          updated_by: string | null
          version: number
        }
        SetofOptions: {
          from: '*'
          to: 'content_items'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      publishing_lateness: {
        Args: { days?: number }
        Returns: {
          brand_id: string
          network: string
          p50_ms: number
          p95_ms: number
          p99_ms: number
          posts: number
          within: number[]
          worst_ms: number
        }[]
      }
      publishing_pauses: {
        Args: Record<PropertyKey, never>
        Returns: {
          by_name: string
          id: string
          reason: string
          scope: string
        }[]
      }
      publishing_queue: {
        Args: Record<PropertyKey, never>
        Returns: {
          brand_id: string
          connection_id: string
          next_at: string
          waiting: number
        }[]
      }
      recheck_job: { Args: { job_id: string }; Returns: string }
      redeem_portal_link: {
        Args: { token: string }
        Returns: {
          brand_id: string
          destination: string
          email: string
          user_id: string
        }[]
      }
      refuse_connect: {
        Args: { error: string; reason?: string; state: string }
        Returns: {
          brand_id: string
          id: string
        }[]
      }
      remove_member: { Args: { brand_id: string; user_id: string }; Returns: undefined }
      request_brand_deletion: {
        Args: { brand_id: string; name: string }
        Returns: {
          brand_kit: NonNullable<Json>
          code: string
          compliance_rules: string | null
          created_at: string
          created_by: string | null
          delete_after: string | null
          deletion_asked_by: string | null
          description: string | null
          id: string
          industry: string | null
          intake_completed: boolean
          intake_completed_at: string | null
          logo_url: string | null
          name: string
          next_number: number
          pause_reason: string | null
          paused_at: string | null
          paused_by: string | null
          primary_color: string
          scraped_at: string | null
          scraper_status: string
          self_approval: boolean
          slug: string
          tenant_id: string
          time_zone: string
          tone_keywords: string[]
          updated_at: string
          visual_summary: string | null
          voice_summary: string | null
          website_url: string | null
          workspace_id: string | null
        }
        SetofOptions: {
          from: '*'
          to: 'brands'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      resend_invitation: {
        Args: { invitation_id: string }
        Returns: {
          accepted_at: string | null
          accepted_by: string | null
          brand_id: string
          created_at: string
          email: string
          expires_at: string
          id: string
          invited_by: string | null
          last_sent_at: string | null
          role: string
          send_count: number
          status: string
          tenant_id: string
          updated_at: string
        }
        SetofOptions: {
          from: '*'
          to: 'brand_invitations'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      resume_publishing: { Args: { id: string; scope: string }; Returns: number }
      retry_job: { Args: { job_id: string }; Returns: string }
      revoke_invitation: {
        Args: { invitation_id: string }
        Returns: {
          accepted_at: string | null
          accepted_by: string | null
          brand_id: string
          created_at: string
          email: string
          expires_at: string
          id: string
          invited_by: string | null
          last_sent_at: string | null
          role: string
          send_count: number
          status: string
          tenant_id: string
          updated_at: string
        }
        SetofOptions: {
          from: '*'
          to: 'brand_invitations'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      role_permissions: {
        Args: Record<PropertyKey, never>
        Returns: {
          permissions: string[]
          role: string
        }[]
      }
      save_post: {
        Args: {
          base_revision: number
          body: string
          channels?: Json
          first_comment?: string
          link?: string
          media_ids?: string[]
          post_id: string
          title: string
        }
        Returns: {
          approval_required: boolean
          approved_at: string | null
          approved_by: string | null
          archived_at: string | null
          brand_id: string
          content: NonNullable<Json>
          content_digest: string
          created_at: string
          created_by: string | null
          generated_by_agent: string | null
          generation_metadata: NonNullable<Json>
          held_at: string | null
          id: string
          media_urls: string[]
          number: number
          platform: string | null
          published_at: string | null
          requested_at: string | null
          revision: number
          scheduled_for: string | null
          status: string
          tenant_id: string
          title: string | null
          type: string
          updated_at: string
          updated_by: string | null
          version: number
        }
        SetofOptions: {
          from: '*'
          to: 'content_items'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      schedule_post: {
        Args: { local_time: string; post_id: string; time_zone: string }
        Returns: {
          approval_required: boolean
          approved_at: string | null
          approved_by: string | null
          archived_at: string | null
          brand_id: string
          content: NonNullable<Json>
          content_digest: string
          created_at: string
          created_by: string | null
          generated_by_agent: string | null
          generation_metadata: NonNullable<Json>
          held_at: string | null
          id: string
          media_urls: string[]
          number: number
          platform: string | null
          published_at: string | null
          requested_at: string | null
          revision: number
          scheduled_for: string | null
          status: string
          tenant_id: string
          title: string | null
          type: string
          updated_at: string
          updated_by: string | null
          version: number
        }
        SetofOptions: {
          from: '*'
          to: 'content_items'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      search_posts: {
        Args: { max_rows?: number; only_brand?: string; words: string }
        Returns: {
          brand_id: string
          id: string
          number: number
          outcome_unknown: boolean
          published_at: string
          scheduled_for: string
          status: string
          title: string
        }[]
      }
      set_approval_mode: {
        Args: { approval_mode: string; brand_id: string }
        Returns: {
          brand_id: string
          created_at: string
          id: string
          is_default: boolean
          mode: string
          name: string
          steps: NonNullable<Json>
          updated_at: string
        }
        SetofOptions: {
          from: '*'
          to: 'workflow_templates'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      set_member_role: {
        Args: { brand_id: string; role: string; user_id: string }
        Returns: {
          brand_id: string
          created_at: string
          id: string
          mirrored: boolean
          role: string
          updated_at: string
          user_id: string
        }
        SetofOptions: {
          from: '*'
          to: 'brand_members'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      submit_post: {
        Args: { post_id: string; revision: number }
        Returns: {
          approval_required: boolean
          approved_at: string | null
          approved_by: string | null
          archived_at: string | null
          brand_id: string
          content: NonNullable<Json>
          content_digest: string
          created_at: string
          created_by: string | null
          generated_by_agent: string | null
          generation_metadata: NonNullable<Json>
          held_at: string | null
          id: string
          media_urls: string[]
          number: number
          platform: string | null
          published_at: string | null
          requested_at: string | null
          revision: number
          scheduled_for: string | null
          status: string
          tenant_id: string
          title: string | null
          type: string
          updated_at: string
          updated_by: string | null
          version: number
        }
        SetofOptions: {
          from: '*'
          to: 'content_items'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      unschedule_post: {
        Args: { post_id: string }
        Returns: {
          approval_required: boolean
          approved_at: string | null
          approved_by: string | null
          archived_at: string | null
          brand_id: string
          content: NonNullable<Json>
          content_digest: string
          created_at: string
          created_by: string | null
          generated_by_agent: string | null
          generation_metadata: NonNullable<Json>
          held_at: string | null
          id: string
          media_urls: string[]
          number: number
          platform: string | null
          published_at: string | null
          requested_at: string | null
          revision: number
          scheduled_for: string | null
          status: string
          tenant_id: string
          title: string | null
          type: string
          updated_at: string
          updated_by: string | null
          version: number
        }
        SetofOptions: {
          from: '*'
          to: 'content_items'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      verify_audit_log: {
        Args: { tenant_id: string }
        Returns: {
          broken_at: number
          entries: number
          intact: boolean
          reason: string
        }[]
      }
      withdraw_post: {
        Args: { post_id: string }
        Returns: {
          approval_required: boolean
          approved_at: string | null
          approved_by: string | null
          archived_at: string | null
          brand_id: string
          content: NonNullable<Json>
          content_digest: string
          created_at: string
          created_by: string | null
          generated_by_agent: string | null
          generation_metadata: NonNullable<Json>
          held_at: string | null
          id: string
          media_urls: string[]
          number: number
          platform: string | null
          published_at: string | null
          requested_at: string | null
          revision: number
          scheduled_for: string | null
          status: string
          tenant_id: string
          title: string | null
          type: string
          updated_at: string
          updated_by: string | null
          version: number
        }
        SetofOptions: {
          from: '*'
          to: 'content_items'
          isOneToOne: true
          isSetofReturn: false
        }
      }
      worker_health: {
        Args: Record<PropertyKey, never>
        Returns: {
          due: number
          last_beat_at: string
          oldest_due_at: string
          workers: number
        }[]
      }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema['Enums']
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema['CompositeTypes']
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {},
  },
} as const
